package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays: read, made and given as parameters. */
final class ArrayProbes {
    private ArrayProbes() {}

    private static final String POSTGRES =
            "select array[1, 2, null]::int4[] as ints, array['a b', 'c\"d', null, 'NULL',"
                + " '']::text[] as texts, array[[1, 2], [3, 4]]::int4[] as nested, '{}'::int8[] as"
                + " empty, null::int4[] as nothing, array[1.5, 2]::numeric[] as numbers,"
                + " array[true, false]::bool[] as truths, array[1.5, 0.1]::float8[] as doubles,"
                + " array[1, 2]::int2[] as shorts, array['2024-02-29']::date[] as days, array['x',"
                + " 'y']::varchar[] as names";
    private static final String H2 =
            "select array[1, 2, null] as ints, array['a b', 'c\"d', null, 'NULL', ''] as texts,"
                    + " array[array[1, 2], array[3, 4]] as nested, cast(array[] as bigint array) as"
                    + " empty, cast(null as integer array) as nothing, array[1.5, 2.0] as numbers,"
                    + " array[true, false] as truths, array[cast(1.5 as double precision)] as"
                    + " doubles, array[date '2024-02-29'] as days";

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("making arrays", ArrayProbes::making);
        probes.put("reading arrays", ArrayProbes::reading);
        probes.put("array parameters", ArrayProbes::parameters);
        return probes;
    }

    /** The statement of this kind of database; empty where it has no arrays. */
    private static String of(Connection c, String postgres, String h2) throws SQLException {
        return switch (c.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> postgres;
            case "H2" -> h2;
            default -> "";
        };
    }

    private static void making(Connection c, Transcript t) {
        t.attempt("make", () -> c.createArrayOf("integer", new Object[] {1, 2}).free());
    }

    private static void reading(Connection c, Transcript t) throws SQLException {
        String sql = of(c, POSTGRES, H2);
        if (sql.isEmpty()) {
            return;
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    read(t, rows.getMetaData().getColumnLabel(i), rows, i);
                }
            }
        }
    }

    private static void read(Transcript t, String name, ResultSet rows, int i) {
        t.value(name + " type", () -> rows.getMetaData().getColumnTypeName(i));
        t.value(name + " jdbc type", () -> rows.getMetaData().getColumnType(i));
        t.value(name + " class", () -> rows.getMetaData().getColumnClassName(i));
        t.value(name + " text", () -> rows.getString(i));
        t.attempt(name, () -> array(t, name, rows.getArray(i)));
        t.value(name + " is null", rows::wasNull);
        t.attempt(name + " object", () -> array(t, name + " object", (Array) rows.getObject(i)));
    }

    private static void array(Transcript t, String name, Array array) throws SQLException {
        if (array == null) {
            t.note(name + " array", null);
            return;
        }
        t.note(name + " base", array.getBaseType());
        t.note(name + " base name", array.getBaseTypeName());
        elements(t, name + " elements", array.getArray());
        t.attempt(name + " part", () -> elements(t, name + " part", array.getArray(2, 1)));
        t.attempt(name + " too much", () -> array.getArray(2, 99));
        t.attempt(
                name + " rows",
                () -> {
                    try (ResultSet rows = array.getResultSet()) {
                        while (rows.next()) {
                            String at = name + " row " + rows.getInt(1);
                            t.note(at, rows.getString(2));
                        }
                    }
                });
        array.free();
    }

    private static void elements(Transcript t, String name, Object elements) throws SQLException {
        Object[] all = (Object[]) elements;
        t.note(name + " class", all.getClass().getComponentType().getSimpleName());
        t.note(name, Arrays.deepToString(all));
    }

    private static void parameters(Connection c, Transcript t) throws SQLException {
        String echo = of(c, "select ?::varchar[]", "select cast(? as varchar array)");
        if (echo.isEmpty()) {
            return;
        }
        Array numbers = c.createArrayOf("integer", new Integer[] {1, 3, null});
        t.note("base", numbers.getBaseType());
        t.note("base name", numbers.getBaseTypeName());
        String anyOf = "select id from probe where id = any(?) order by id";
        try (PreparedStatement s = c.prepareStatement(anyOf)) {
            s.setArray(1, numbers);
            t.attempt("setArray", () -> t.rows("setArray", s.executeQuery()));
            s.setObject(1, numbers);
            t.attempt("setObject", () -> t.rows("setObject", s.executeQuery()));
            t.attempt("java array", () -> s.setObject(1, new Integer[] {2}));
            t.attempt("java array rows", () -> t.rows("java array", s.executeQuery()));
            s.setObject(1, numbers, Types.ARRAY);
            t.attempt("typed", () -> t.rows("typed", s.executeQuery()));
            s.setNull(1, Types.ARRAY);
            t.attempt("null", () -> t.rows("null", s.executeQuery()));
        }
        try (PreparedStatement s = c.prepareStatement(echo)) {
            s.setArray(
                    1, c.createArrayOf("varchar", new String[] {"a \"b\"", "c,d", null, "NULL"}));
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                array(t, "echo", rows.getArray(1));
            }
        }
        numbers.free();
    }
}
