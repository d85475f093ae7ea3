package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every method of JDBC's interfaces, where it is too late, too early or beside the columns. */
final class ClosedProbes {
    private static final String PREPARED = "select id, name from probe where id = ?";

    /** What needs no more than the object, and may go on. */
    private static final Set<String> HARMLESS =
            Set.of("isClosed", "close", "free", "unwrap", "isWrapperFor", "abort");

    private ClosedProbes() {}

    /** An object on which every method is called. */
    private interface Target {
        Object of(Connection c) throws SQLException;
    }

    static Map<String, Probe> all() {
        Map<String, Probe> all = new LinkedHashMap<>();
        all.put("closed Connection", ClosedProbes::connection);
        closed(all, Statement.class, Connection::createStatement);
        closed(all, PreparedStatement.class, c -> c.prepareStatement(PREPARED));
        closed(all, CallableStatement.class, c -> c.prepareCall("{? = call abs(?)}"));
        closed(all, ResultSet.class, ClosedProbes::query);
        closed(all, Blob.class, Connection::createBlob);
        closed(all, Clob.class, Connection::createClob);
        closed(all, NClob.class, Connection::createNClob);
        closed(all, SQLXML.class, Connection::createSQLXML);
        closed(all, Array.class, c -> c.createArrayOf("integer", new Object[] {1}));
        all.put("off the rows", ClosedProbes::offTheRows);
        all.put("no such column", ClosedProbes::noSuchColumn);
        all.put("not called yet", ClosedProbes::notCalled);
        return all;
    }

    private static void closed(Map<String, Probe> all, Class<?> type, Target target) {
        all.put(
                "closed " + type.getSimpleName(),
                (c, t) -> {
                    Object on;
                    try {
                        on = target.of(c);
                        if (on == null) {
                            return;
                        }
                        end(on);
                    } catch (SQLException | RuntimeException | AssertionError e) {
                        // Some drivers have none of these.
                        return;
                    }
                    every(c, t, type, on);
                });
        boolean lob = type.getSimpleName().endsWith("lob") || type == SQLXML.class;
        if (lob || type == Array.class) {
            return;
        }
        all.put(
                "of a closed connection " + type.getSimpleName(),
                (c, t) -> {
                    Object on;
                    try {
                        on = target.of(c);
                    } catch (SQLException | RuntimeException e) {
                        return;
                    }
                    Map<Method, Object[]> calls = calls(c, type);
                    c.close();
                    calls.forEach((method, arguments) ->
                            t.precise(
                                    MethodProbes.signature(method),
                                    () -> MethodProbes.called(method, on, arguments)));
                });
    }

    private static void end(Object on) throws SQLException {
        switch (on) {
            case Statement s -> s.close();
            case ResultSet rows -> rows.close();
            case Blob blob -> blob.free();
            case Clob clob -> clob.free();
            case SQLXML xml -> xml.free();
            case Array array -> array.free();
            default -> throw new AssertionError(on);
        }
    }

    private static ResultSet query(Connection c) throws SQLException {
        return c.createStatement().executeQuery(SensibleArguments.QUERY);
    }

    private static Map<Method, Object[]> calls(Connection c, Class<?> type) throws SQLException {
        Map<Method, Object[]> calls = new LinkedHashMap<>();
        for (Method method : MethodProbes.methods(type)) {
            if (!HARMLESS.contains(method.getName())) {
                calls.put(method, new SensibleArguments(c).of(method));
            }
        }
        return calls;
    }

    private static void every(Connection c, Transcript t, Class<?> type, Object on)
            throws SQLException {
        calls(c, type)
                .forEach((method, arguments) ->
                        t.precise(
                                MethodProbes.signature(method),
                                () -> MethodProbes.called(method, on, arguments)));
    }

    private static void connection(Connection c, Transcript t) throws SQLException {
        Map<Method, Object[]> calls = calls(c, Connection.class);
        DatabaseMetaData data = c.getMetaData();
        Map<Method, Object[]> asked = new LinkedHashMap<>();
        for (String name : List.of("getTables", "getColumns", "getTypeInfo", "getCatalogs")) {
            for (Method method : MethodProbes.methods(DatabaseMetaData.class)) {
                if (method.getName().equals(name)) {
                    asked.put(method, new SensibleArguments(c).of(method));
                }
            }
        }
        c.close();
        calls.forEach((method, arguments) ->
                t.precise(
                        MethodProbes.signature(method),
                        () -> MethodProbes.called(method, c, arguments)));
        asked.forEach((method, arguments) ->
                t.precise(
                        "metadata " + MethodProbes.signature(method),
                        () -> MethodProbes.called(method, data, arguments)));
    }

    private static void offTheRows(Connection c, Transcript t) throws SQLException {
        try (ResultSet rows = query(c)) {
            getters(c, t, "before", rows, 1, "id");
            while (rows.next()) {
                rows.getInt(1);
            }
            getters(c, t, "after", rows, 1, "id");
        }
    }

    private static void noSuchColumn(Connection c, Transcript t) throws SQLException {
        try (ResultSet rows = query(c)) {
            rows.next();
            t.precise("find", () -> rows.findColumn("nothing"));
            getters(c, t, "0", rows, 0, "nothing");
            getters(c, t, "4", rows, 4, "");
            ResultSetMetaData data = rows.getMetaData();
            for (Method method : MethodProbes.methods(ResultSetMetaData.class)) {
                if (method.getParameterCount() == 1 && method.getParameterTypes()[0] == int.class) {
                    for (int column : new int[] {0, 4}) {
                        t.precise(
                                "metadata " + column + " " + method.getName(),
                                () -> MethodProbes.called(method, data, new Object[] {column}));
                    }
                }
            }
        }
    }

    private static void getters(
            Connection c, Transcript t, String what, ResultSet rows, int column, String label)
            throws SQLException {
        for (Method method : MethodProbes.methods(ResultSet.class)) {
            if (!method.getName().startsWith("get") || method.getParameterCount() == 0) {
                continue;
            }
            Object[] arguments = new SensibleArguments(c).of(method);
            arguments[0] = method.getParameterTypes()[0] == int.class ? column : (Object) label;
            t.precise(
                    what + " " + MethodProbes.signature(method),
                    () -> MethodProbes.called(method, rows, arguments));
        }
    }

    private static void notCalled(Connection c, Transcript t) throws SQLException {
        CallableStatement registered;
        CallableStatement without;
        try {
            without = c.prepareCall("{? = call abs(?)}");
            registered = c.prepareCall("{? = call abs(?)}");
            registered.registerOutParameter(1, java.sql.Types.INTEGER);
            registered.setInt(2, -1);
        } catch (SQLException e) {
            return;
        }
        for (Method method : MethodProbes.methods(CallableStatement.class)) {
            if (method.getName().startsWith("get") && method.getParameterTypes()[0] == int.class) {
                Object[] arguments = new SensibleArguments(c).of(method);
                String signature = MethodProbes.signature(method);
                t.precise(
                        "not registered " + signature,
                        () -> MethodProbes.called(method, without, arguments));
                t.precise(
                        "not run " + signature,
                        () -> MethodProbes.called(method, registered, arguments));
            }
        }
        t.precise("not run null", registered::wasNull);
        try {
            registered.execute();
        } catch (SQLException e) {
            return;
        }
        for (int beside : new int[] {0, 2, 3}) {
            t.precise("run, number " + beside, () -> registered.getInt(beside));
        }
        t.precise("run, name", () -> registered.getInt("nothing"));
    }
}
