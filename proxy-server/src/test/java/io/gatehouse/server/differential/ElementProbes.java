package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Arrays of every type of elements that a kind has: read, made, and given as parameters. */
final class ElementProbes {
    private static final String MOMENT = "2024-02-29 13:14:15.123456";

    private ElementProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("elements read", ElementProbes::read);
        probes.put("elements of no type map", ElementProbes::mapped);
        probes.put("elements made", ElementProbes::made);
        probes.put("elements that do not fit", ElementProbes::wrong);
        return probes;
    }

    /** By their type: elements as PostgreSQL writes them. */
    private static Map<String, String> postgres() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("int2", "{1,-2,NULL}");
        all.put("int4", "{1,-2147483648,NULL}");
        all.put("int8", "{9223372036854775807,NULL}");
        all.put("float4", "{1.5,NaN,-Infinity,NULL}");
        all.put("float8", "{0.1,NaN,Infinity,NULL}");
        all.put("numeric", "{1.50,-0.00001,NULL}");
        all.put("numeric(10,2)", "{1.5,2}");
        all.put("bool", "{t,f,NULL}");
        all.put("text", "{a,\"b c\",\"d\\\"e\\\\f\",NULL,\"NULL\",\"\",\"{x,y}\"}");
        all.put("varchar", "{a,NULL}");
        all.put("char(3)", "{a,abc,NULL}");
        all.put("name", "{a,NULL}");
        all.put("uuid", "{11111111-2222-3333-4444-555555555555,NULL}");
        all.put("date", "{2024-02-29,0001-01-01,NULL}");
        all.put("time", "{13:14:15,13:14:15.5,NULL}");
        all.put("timestamp", "{\"" + MOMENT + "\",NULL}");
        all.put("timestamptz", "{\"" + MOMENT + "+02\",NULL}");
        all.put("bytea", "{\"\\\\x00ff\",\"\\\\x\",NULL}");
        all.put("interval", "{\"1 year 2 days 03:04:05\",NULL}");
        all.put("json", "{\"{\\\"a\\\":1}\",NULL}");
        all.put("jsonb", "{\"{\\\"a\\\":1}\",NULL}");
        all.put("inet", "{10.0.0.1/8,NULL}");
        all.put("money", "{1.50,NULL}");
        all.put("oid", "{1,4294967295,NULL}");
        all.put("bit(3)", "{101,NULL}");
        all.put("int4range", "{\"[1,3)\",NULL}");
        all.put("point", "{\"(1,2)\",NULL}");
        all.put("box", "{(2,2),(1,1);(4,4),(3,3)}");
        return all;
    }

    /** Expressions of H2, by a name. */
    private static Map<String, String> h2() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("tinyint", "array[cast(1 as tinyint), null]");
        all.put("smallint", "array[cast(-2 as smallint), null]");
        all.put("integer", "array[1, null]");
        all.put("bigint", "array[9223372036854775807, null]");
        all.put("real", "array[cast(1.5 as real), null]");
        all.put("double", "array[cast(0.1 as double precision), null]");
        all.put("numeric", "array[1.50, null]");
        all.put("decfloat", "array[cast(1.5 as decfloat), null]");
        all.put("boolean", "array[true, false, null]");
        all.put("varchar", "array['a', 'b c', 'd\"e\\f', null, 'NULL', '', '{x,y}']");
        all.put("char", "array[cast('a' as char(3)), null]");
        all.put("binary", "array[x'00ff', null]");
        all.put("uuid", "array[uuid '11111111-2222-3333-4444-555555555555', null]");
        all.put("date", "array[date '2024-02-29', null]");
        all.put("time", "array[time '13:14:15', null]");
        all.put("timestamp", "array[timestamp '" + MOMENT + "', null]");
        all.put(
                "timestamp with time zone",
                "array[timestamp with time zone '" + MOMENT + "+02', null]");
        all.put("empty", "cast(array[] as varchar array)");
        all.put("nested", "array[array[1, null], array[2, 3]]");
        all.put("nested texts", "array[array['a', null], array['{', '\"']]");
        return all;
    }

    private static Map<String, String> expressions(Connection c) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        if (isPostgres(c)) {
            postgres().forEach((type, text) -> all.put(type, "'" + text + "'::" + type + "[]"));
            all.put("empty", "'{}'::text[]");
            all.put("nested", "'{{1,2},{NULL,4}}'::int4[]");
            all.put("deep", "'{{{1,2},{3,4}},{{5,6},{7,NULL}}}'::int8[]");
            all.put("nested texts", "'{{a,NULL},{\"{\",\"\\\"\"}}'::text[]");
            all.put("nested days", "'{{2024-02-29},{NULL}}'::date[]");
            all.put("bounds", "'[0:1]={1,2}'::int4[]");
        } else if (c.getMetaData().getDatabaseProductName().equals("H2")) {
            all.putAll(h2());
        }
        return all;
    }

    private static boolean isPostgres(Connection c) throws SQLException {
        return c.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    private static void read(Connection c, Transcript t) throws SQLException {
        for (Map.Entry<String, String> one : expressions(c).entrySet()) {
            try (Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery("select " + one.getValue() + " as a")) {
                rows.next();
                String name = one.getKey();
                t.exact(name + " type", () -> rows.getMetaData().getColumnTypeName(1));
                t.exact(name + " class", () -> rows.getMetaData().getColumnClassName(1));
                t.exact(name + " text", () -> rows.getString(1));
                Array array = rows.getArray(1);
                t.exact(name + " base", array::getBaseType);
                t.exact(name + " base name", array::getBaseTypeName);
                t.exact(name + " elements", () -> shown(array.getArray()));
                t.exact(name + " second", () -> shown(array.getArray(2, 1)));
                t.exact(name + " rows", () -> rows(array.getResultSet()));
                if (isPostgres(c)) {
                    t.exact(name + " as string", array::toString);
                }
                array.free();
                t.exact(name + " freed", array::getBaseType);
            }
        }
    }

    private static String rows(ResultSet rows) throws SQLException {
        StringBuilder out = new StringBuilder();
        try (rows) {
            while (rows.next()) {
                out.append(rows.getInt(1)).append('=').append(rows.getString(2)).append(' ');
                out.append(shown(rows.getObject(2))).append("; ");
            }
        }
        return out.toString();
    }

    private static String shown(Object value) throws SQLException {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> "byte[] " + Arrays.toString(bytes);
            case Object[] all -> {
                StringBuilder out = new StringBuilder(all.getClass().getSimpleName()).append(' ');
                for (Object one : all) {
                    out.append(shown(one)).append(", ");
                }
                yield out.toString();
            }
            case Array nested -> "Array " + shown(nested.getArray());
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }

    private static void mapped(Connection c, Transcript t) throws SQLException {
        Map<String, Class<?>> map = Map.of("int4", Long.class);
        String sql = isPostgres(c) ? "select '{1,2}'::int4[], 5" : "select array[1, 2], 5";
        if (expressions(c).isEmpty()) {
            return;
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            rows.next();
            Array array = rows.getArray(1);
            t.exact("empty map", () -> shown(array.getArray(Map.of())));
            t.exact("no map", () -> shown(array.getArray((Map<String, Class<?>>) null)));
            t.exact("map", () -> shown(array.getArray(map)));
            t.exact("part by map", () -> shown(array.getArray(1, 1, map)));
            t.exact("rows by map", () -> rows(array.getResultSet(map)));
            t.exact("rows by empty map", () -> rows(array.getResultSet(1, 1, Map.of())));
            t.exact("array class", () -> shown(rows.getObject(1, Array.class)));
            t.exact("Object[]", () -> shown(rows.getObject(1, Object[].class)));
            t.exact("Integer[]", () -> shown(rows.getObject(1, Integer[].class)));
            t.exact("int[]", () -> Arrays.toString(rows.getObject(1, int[].class)));
            t.exact("a string", () -> rows.getObject(1, String.class));
            t.exact("an int", () -> rows.getInt(1));
            t.exact("array of an int", () -> shown(rows.getArray(2)));
            t.exact("outside", () -> shown(array.getArray(0, 1)));
            t.exact("negative", () -> shown(array.getArray(1, -1)));
            t.exact("nothing of it", () -> shown(array.getArray(1, 0)));
        }
    }

    /** What an application gives for the elements of each type. */
    private static Map<String, Object[]> given(Connection c) throws SQLException {
        Map<String, Object[]> all = new LinkedHashMap<>();
        if (expressions(c).isEmpty()) {
            return all;
        }
        boolean postgres = isPostgres(c);
        all.put(postgres ? "int2" : "smallint", new Object[] {(short) 1, null});
        all.put(postgres ? "int4" : "integer", new Integer[] {1, null});
        all.put("integer", new Object[] {1, 2L, "3"});
        all.put(postgres ? "int8" : "bigint", new Long[] {Long.MAX_VALUE, null});
        all.put(postgres ? "float4" : "real", new Float[] {1.5F, null});
        all.put(postgres ? "float8" : "double precision", new Double[] {0.1, null});
        all.put("numeric", new BigDecimal[] {new BigDecimal("1.50"), null});
        all.put(postgres ? "bool" : "boolean", new Boolean[] {true, false, null});
        all.put(postgres ? "text" : "varchar", new String[] {"a \"b\"", "c,d", "{", "NULL", null});
        all.put("uuid", new UUID[] {new UUID(1, 2), null});
        all.put(postgres ? "bytea" : "varbinary", new byte[][] {{0, -1}, {}, null});
        all.put("date", new Date[] {Date.valueOf("2024-02-29"), null});
        all.put("time", new Time[] {Time.valueOf("13:14:15"), null});
        all.put("timestamp", new Timestamp[] {Timestamp.valueOf(MOMENT), null});
        if (postgres) {
            all.put("timestamptz", new Timestamp[] {Timestamp.valueOf(MOMENT)});
            all.put("char", new String[] {"a", "b"});
            all.put("bpchar", new String[] {"a", "b"});
            all.put("jsonb", new String[] {"{\"a\": 1}", null});
            all.put("json", new String[] {"[1]"});
            all.put("inet", new String[] {"10.0.0.1"});
            all.put("interval", new String[] {"1 day"});
            all.put("money", new String[] {"1.50"});
            all.put("oid", new Long[] {1L});
            all.put("varchar", new String[][] {{"a", null}, {"b", "c"}});
            all.put("int", new Integer[][][] {{{1}, {2}}, {{3}, {null}}});
            all.put("decimal", new Object[0]);
        }
        return all;
    }

    private static void made(Connection c, Transcript t) throws SQLException {
        for (Map.Entry<String, Object[]> one : given(c).entrySet()) {
            String type = one.getKey();
            String cast = isPostgres(c) ? "select ?::" + type + "[]" : "select cast(? as %s array)";
            try (PreparedStatement s = c.prepareStatement(String.format(cast, type))) {
                t.exact(
                        type + " array",
                        () -> {
                            Array array = c.createArrayOf(type, one.getValue());
                            t.exact(type + " base", array::getBaseType);
                            t.exact(type + " base name", array::getBaseTypeName);
                            t.exact(type + " own elements", () -> shown(array.getArray()));
                            s.setArray(1, array);
                            return echo(s);
                        });
                t.exact(
                        type + " of Java",
                        () -> {
                            s.setObject(1, one.getValue());
                            return echo(s);
                        });
            }
        }
    }

    private static String echo(PreparedStatement s) throws SQLException {
        try (ResultSet rows = s.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void wrong(Connection c, Transcript t) throws SQLException {
        if (expressions(c).isEmpty()) {
            return;
        }
        String sql = isPostgres(c) ? "select ?::int4[]" : "select cast(? as integer array)";
        Map<String, Object[]> cases = new LinkedHashMap<>();
        cases.put("texts", new Object[] {"x"});
        cases.put("digits", new Object[] {"1"});
        cases.put("too large", new Object[] {1L << 40});
        cases.put("fraction", new Object[] {1.5});
        cases.put("object", new Object[] {new Object()});
        cases.put("ragged", new Object[][] {{1, 2}, {3}});
        cases.put("mixed", new Object[] {1, new Object[] {2}});
        for (Map.Entry<String, Object[]> one : cases.entrySet()) {
            try (PreparedStatement s = c.prepareStatement(sql)) {
                t.exact(
                        one.getKey(),
                        () -> {
                            s.setArray(1, c.createArrayOf("integer", one.getValue()));
                            return echo(s);
                        });
            }
        }
        t.exact("no such type", () -> c.createArrayOf("no_such", new Object[] {1}).getBaseType());
        t.exact("no type", () -> c.createArrayOf(null, new Object[] {1}).getBaseType());
        t.exact("no elements", () -> c.createArrayOf("integer", null));
    }
}
