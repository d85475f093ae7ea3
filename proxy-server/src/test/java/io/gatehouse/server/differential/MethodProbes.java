package io.gatehouse.server.differential;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every method of JDBC's interfaces is called, each on an object of its own. */
final class MethodProbes {
    /** They end what the others need, or tell what a driver is by name. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "Connection.abort",
                    "Connection.close",
                    "Connection.setShardingKey",
                    "Connection.setShardingKeyIfValid",
                    "DatabaseMetaData.getURL",
                    "DatabaseMetaData.getUserName",
                    "DatabaseMetaData.getDriverName",
                    "DatabaseMetaData.getDriverVersion",
                    "DatabaseMetaData.getDriverMajorVersion",
                    "DatabaseMetaData.getDriverMinorVersion",
                    "DatabaseMetaData.getJDBCMajorVersion",
                    "DatabaseMetaData.getJDBCMinorVersion");

    private MethodProbes() {}

    /** Makes the object that a method is called on. */
    private interface Target {
        Object of(Connection c) throws SQLException;
    }

    static Map<String, Transcript.Probe> all() {
        Map<Class<?>, Target> targets = new LinkedHashMap<>();
        targets.put(Connection.class, c -> c);
        targets.put(DatabaseMetaData.class, Connection::getMetaData);
        targets.put(Statement.class, Connection::createStatement);
        targets.put(
                PreparedStatement.class,
                c -> c.prepareStatement("select id, name from probe where id = ?"));
        targets.put(CallableStatement.class, c -> c.prepareCall("{? = call abs(?)}"));
        targets.put(ResultSet.class, MethodProbes::rows);
        targets.put(ResultSetMetaData.class, c -> rows(c).getMetaData());
        targets.put(
                ParameterMetaData.class,
                c ->
                        c.prepareStatement("select id from probe where id = ?")
                                .getParameterMetaData());
        targets.put(Blob.class, MethodProbes::blob);
        targets.put(Clob.class, c -> text(c.createClob()));
        targets.put(NClob.class, c -> text(c.createNClob()));
        targets.put(SQLXML.class, MethodProbes::xml);
        targets.put(Array.class, c -> c.createArrayOf("integer", new Object[] {1, 2}));
        targets.put(Savepoint.class, MethodProbes::savepoint);
        Map<String, Transcript.Probe> all = new LinkedHashMap<>();
        targets.forEach((type, target) ->
                all.put("every " + type.getSimpleName(), (c, t) -> every(c, t, type, target)));
        return all;
    }

    private static ResultSet rows(Connection c) throws SQLException {
        ResultSet rows = c.createStatement().executeQuery(SensibleArguments.QUERY);
        rows.next();
        return rows;
    }

    private static Blob blob(Connection c) throws SQLException {
        Blob blob = c.createBlob();
        blob.setBytes(1, new byte[] {1, 2, 3});
        return blob;
    }

    private static Clob text(Clob clob) throws SQLException {
        clob.setString(1, "text");
        return clob;
    }

    private static SQLXML xml(Connection c) throws SQLException {
        SQLXML xml = c.createSQLXML();
        xml.setString("<a>1</a>");
        return xml;
    }

    private static Savepoint savepoint(Connection c) throws SQLException {
        c.setAutoCommit(false);
        return c.setSavepoint();
    }

    private static void every(Connection c, Transcript t, Class<?> type, Target target)
            throws SQLException {
        for (Method method : methods(type)) {
            t.outcome(signature(method), () -> call(c, method, target));
            restore(c);
        }
    }

    /** The methods of an interface itself, in an order of their own. */
    static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() == type)
                .filter(method -> !LEFT_OUT.contains(name(type, method)))
                .sorted(Comparator.comparing(MethodProbes::signature))
                .toList();
    }

    private static String name(Class<?> type, Method method) {
        return type.getSimpleName() + "." + method.getName();
    }

    static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static Object call(Connection c, Method method, Target target) throws SQLException {
        boolean fresh = method.getDeclaringClass() == SQLXML.class && isSetter(method);
        Object on = fresh ? c.createSQLXML() : target.of(c);
        if (on == null) {
            throw new SQLFeatureNotSupportedException("there is none");
        }
        Object[] arguments = new SensibleArguments(c).of(method);
        try {
            return called(method, on, arguments);
        } finally {
            if (on instanceof Statement statement) {
                statement.close();
            }
        }
    }

    /** What a method gives, or fails with. */
    static Object called(Method method, Object on, Object[] arguments) throws SQLException {
        try {
            Object value = method.invoke(on, arguments);
            return method.getReturnType() == void.class
                    ? "void"
                    : shape(method.getReturnType(), value);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case SQLException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                default -> throw new SQLFeatureNotSupportedException(e.getCause());
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSetter(Method method) {
        return method.getName().startsWith("set");
    }

    /** A value as it is, an object as what it is. */
    private static Object shape(Class<?> promised, Object value) throws SQLException {
        if (value != null && promised.isInterface() && promised != ResultSet.class) {
            return promised.getSimpleName();
        }
        return switch (value) {
            case null -> "null";
            case ResultSet rows -> "ResultSet" + labels(rows.getMetaData());
            case Number n -> n;
            case Boolean b -> b;
            case String s -> s;
            case int[] counts -> Arrays.toString(counts);
            case long[] counts -> Arrays.toString(counts);
            case byte[] bytes -> Arrays.toString(bytes);
            case java.util.Date date -> date;
            case Enum<?> constant -> constant;
            default -> "an object";
        };
    }

    private static String labels(ResultSetMetaData data) throws SQLException {
        StringBuilder labels = new StringBuilder();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            labels.append(' ').append(data.getColumnLabel(i));
        }
        return labels.toString();
    }

    private static void restore(Connection c) throws SQLException {
        if (!c.getAutoCommit()) {
            c.rollback();
            c.setAutoCommit(true);
        }
    }
}
