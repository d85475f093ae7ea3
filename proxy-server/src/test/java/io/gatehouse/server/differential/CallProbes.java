package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calling procedures and functions. */
final class CallProbes {
    private CallProbes() {}

    static Map<String, Probe> h2() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("function", CallProbes::function);
        probes.put("values", CallProbes::h2Values);
        probes.put("arrays", CallProbes::h2Arrays);
        probes.put("rows", CallProbes::h2Rows);
        probes.put("wrong calls", CallProbes::h2Wrong);
        probes.put("not a call", CallProbes::notACall);
        return probes;
    }

    static Map<String, Probe> sqlite() {
        return Map.of("refused", CallProbes::refused);
    }

    private static void refused(Connection c, Transcript t) {
        t.attempt("call", () -> c.prepareCall("{call f(?)}"));
        t.attempt("typed", () -> c.prepareCall("call f(?)", 1003, 1007));
        t.attempt("held", () -> c.prepareCall("select 1", 1003, 1007, 1));
    }

    // ---- every kind

    static void function(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call add_up(?, ?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, 40);
            s.setInt(3, 2);
            t.attempt("execute", s::execute);
            integer(t, "sum", s, 1);
            s.setInt(3, 3);
            t.attempt("again", s::execute);
            integer(t, "sum again", s, 1);
            s.setObject(2, null);
            t.attempt("null", s::execute);
            t.value("of null", () -> s.getObject(1));
        }
        try (CallableStatement s = c.prepareCall("{ ? = CALL greeting( ? ) }")) {
            s.registerOutParameter(1, Types.VARCHAR);
            s.setString(2, "you ☃");
            t.value("update", s::executeUpdate);
            t.value("text", () -> s.getString(1));
            t.value("object", () -> s.getObject(1));
            t.value("null", s::wasNull);
            s.setString(2, null);
            t.attempt("null in", s::execute);
            t.value("null out", () -> s.getString(1));
            t.value("was null", s::wasNull);
        }
        try (CallableStatement s = c.prepareCall("{? = call greeting('me')}")) {
            s.registerOutParameter(1, Types.VARCHAR);
            t.attempt("literal", s::execute);
            t.value("greeting", () -> s.getString(1));
        }
    }

    static void integer(Transcript t, String what, CallableStatement s, int i) {
        t.value(what, () -> s.getInt(i));
        t.value(what + " object", () -> s.getObject(i));
        t.get(what + " long", () -> s.getLong(i));
        t.get(what + " text", () -> s.getString(i));
        t.get(what + " decimal", () -> s.getBigDecimal(i));
        t.get(what + " class", () -> s.getObject(i, Integer.class));
    }

    /** Several rows of one call. */
    static void batch(Connection c, Transcript t, String call) throws SQLException {
        try (CallableStatement s = c.prepareCall(call)) {
            s.setInt(1, 910);
            s.addBatch();
            s.setInt(1, 911);
            s.addBatch();
            t.value("counts", s::executeBatch);
            s.setInt(1, 912);
            s.addBatch();
            s.setInt(1, 910);
            s.addBatch();
            t.attempt("duplicate", s::executeBatch);
        }
        noted(c, t);
    }

    static void noted(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.query("noted", s, "select id, name from probe where id > 900 order by id");
        }
    }

    static void notACall(Connection c, Transcript t) throws SQLException {
        t.attempt(
                "query",
                () -> {
                    try (CallableStatement s =
                            c.prepareCall("select name from probe where id = ?")) {
                        s.setInt(1, 2);
                        t.rows("rows", s.executeQuery());
                    }
                });
        t.attempt(
                "insert",
                () -> {
                    try (CallableStatement s =
                            c.prepareCall(
                                    "insert into probe (id, name) values (?, ?)", 1003, 1007)) {
                        s.setInt(1, 920);
                        s.setString(2, "called");
                        t.note("update", s.executeUpdate());
                        t.note("count", s.getUpdateCount());
                    }
                });
        noted(c, t);
    }

    static void results(Transcript t, CallableStatement s, boolean first) throws SQLException {
        boolean rows = first;
        for (int n = 1; n < 10; n++) {
            if (rows) {
                ResultSet set = s.getResultSet();
                t.note(n + " columns", set.getMetaData().getColumnCount());
                t.rows(n + "", set);
            } else {
                int count = s.getUpdateCount();
                t.note(n + " count", count);
                if (count == -1) {
                    break;
                }
            }
            rows = s.getMoreResults();
        }
    }

    /** Every value by the getter of its type, and as an object. */
    static void values(Transcript t, CallableStatement s, int[] types) {
        for (int i = 1; i <= types.length; i++) {
            int n = i;
            t.value(i + " object", () -> s.getObject(n));
            t.value(i + " was null", s::wasNull);
            switch (types[i - 1]) {
                case Types.SMALLINT -> {
                    t.value(i + " short", () -> s.getShort(n));
                    t.value(i + " byte", () -> s.getByte(n));
                }
                case Types.INTEGER -> t.value(i + " int", () -> s.getInt(n));
                case Types.BIGINT -> t.value(i + " long", () -> s.getLong(n));
                case Types.REAL -> t.value(i + " float", () -> s.getFloat(n));
                case Types.DOUBLE -> t.value(i + " double", () -> s.getDouble(n));
                case Types.NUMERIC -> t.value(i + " decimal", () -> s.getBigDecimal(n));
                case Types.BIT, Types.BOOLEAN -> t.value(i + " bool", () -> s.getBoolean(n));
                case Types.VARCHAR -> t.value(i + " text", () -> s.getString(n));
                case Types.BINARY -> t.value(i + " bytes", () -> s.getBytes(n));
                case Types.DATE -> {
                    t.value(i + " date", () -> s.getDate(n));
                    t.get(i + " local", () -> s.getObject(n, java.time.LocalDate.class));
                }
                case Types.TIME -> {
                    t.value(i + " time", () -> s.getTime(n));
                    t.get(i + " local", () -> s.getObject(n, java.time.LocalTime.class));
                }
                case Types.TIMESTAMP -> {
                    t.value(i + " timestamp", () -> s.getTimestamp(n));
                    t.get(i + " local", () -> s.getObject(n, java.time.LocalDateTime.class));
                }
                default -> {}
            }
        }
    }

    private static void h2Values(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call a_moment()}")) {
            s.registerOutParameter(1, Types.TIMESTAMP);
            t.attempt("moment", s::execute);
            t.value("timestamp", () -> s.getTimestamp(1));
            t.value("object", () -> s.getObject(1));
            t.get("local", () -> s.getObject(1, java.time.LocalDateTime.class));
        }
        try (CallableStatement s = c.prepareCall("? = call an_amount()")) {
            s.registerOutParameter(1, Types.NUMERIC, 3);
            t.attempt("amount", s::execute);
            t.value("decimal", () -> s.getBigDecimal(1));
            t.value("double", () -> s.getDouble(1));
        }
    }

    private static void h2Arrays(Connection c, Transcript t) throws SQLException {
        for (String call : List.of("{? = call numbers(7)}", "{? = call words()}")) {
            try (CallableStatement s = c.prepareCall(call)) {
                s.registerOutParameter(1, Types.ARRAY);
                t.attempt(call, s::execute);
                t.value(call + " array", () -> elements(s.getArray(1)));
                t.value(call + " object", () -> elements((Array) s.getObject(1)));
                t.value(call + " base", () -> s.getArray(1).getBaseTypeName());
                t.get(call + " text", () -> s.getString(1));
            }
        }
    }

    private static String elements(Array array) throws SQLException {
        return Arrays.deepToString((Object[]) array.getArray());
    }

    private static void h2Rows(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call rows_of(?)}")) {
            s.setInt(1, 2);
            t.value("execute", s::execute);
            t.rows("rows", s.getResultSet());
            t.attempt("query", () -> t.rows("query", s.executeQuery()));
        }
        try (CallableStatement s = c.prepareCall("{call add_up(?, ?)}")) {
            s.setInt(1, 2);
            s.setInt(2, 3);
            t.attempt("sum", () -> t.rows("sum", s.executeQuery()));
        }
    }

    private static void h2Wrong(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call fails()}")) {
            s.registerOutParameter(1, Types.INTEGER);
            t.attempt("fails", s::execute);
        }
        try (CallableStatement s = c.prepareCall("{? = call add_up(?, ?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, 1);
            t.attempt("missing value", s::execute);
        }
        t.attempt(
                "no function",
                () -> {
                    try (CallableStatement s = c.prepareCall("{? = call no_such_function(?)}")) {
                        s.registerOutParameter(1, Types.INTEGER);
                        s.setInt(2, 0);
                        s.execute();
                    }
                });
    }
}
