package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;
import io.gatehouse.server.differential.Transcript.Read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers at the ends of their types, read by every getter and set by every setter. */
final class NumericProbes {
    private static final List<Class<?>> CLASSES =
            List.of(
                    Boolean.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    BigDecimal.class,
                    BigInteger.class,
                    String.class);

    private static final List<JDBCType> TARGETS =
            List.of(
                    JDBCType.BIT,
                    JDBCType.BOOLEAN,
                    JDBCType.TINYINT,
                    JDBCType.SMALLINT,
                    JDBCType.INTEGER,
                    JDBCType.BIGINT,
                    JDBCType.REAL,
                    JDBCType.FLOAT,
                    JDBCType.DOUBLE,
                    JDBCType.NUMERIC,
                    JDBCType.DECIMAL,
                    JDBCType.VARCHAR);

    private NumericProbes() {}

    /** A way to set the first parameter. */
    private interface Setter {
        void set(PreparedStatement s) throws SQLException;
    }

    static Map<String, Probe> all(Numerics numerics) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("getters", (c, t) -> read(c, t, numerics));
        probes.put("prepared getters", (c, t) -> readPrepared(c, t, numerics));
        probes.put("setters", (c, t) -> write(c, t, numerics.columns(), setters()));
        probes.put("targets", (c, t) -> write(c, t, targetColumns(numerics), targets()));
        return probes;
    }

    private static void read(Connection c, Transcript t, Numerics numerics) throws SQLException {
        for (Map.Entry<String, String> value : numerics.values().entrySet()) {
            try (Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery(value.getValue())) {
                describe(t, value.getKey(), rows.getMetaData());
                rows.next();
                getters(t, value.getKey(), rows);
            }
        }
    }

    private static void readPrepared(Connection c, Transcript t, Numerics numerics)
            throws SQLException {
        for (Map.Entry<String, String> value : numerics.values().entrySet()) {
            try (PreparedStatement s = c.prepareStatement(value.getValue());
                    ResultSet rows = s.executeQuery()) {
                rows.next();
                getters(t, value.getKey(), rows);
            }
        }
    }

    private static void describe(Transcript t, String what, ResultSetMetaData data)
            throws SQLException {
        t.note(what + " type", data.getColumnType(1) + " " + data.getColumnTypeName(1));
        t.note(what + " class", data.getColumnClassName(1));
        t.note(what + " digits", data.getPrecision(1) + " " + data.getScale(1));
        t.note(what + " signed", data.isSigned(1));
    }

    @SuppressWarnings("deprecation")
    private static void getters(Transcript t, String what, ResultSet rows) {
        Map<String, Read> reads = new LinkedHashMap<>();
        reads.put("object", () -> rows.getObject(1));
        reads.put("string", () -> rows.getString(1));
        reads.put("boolean", () -> rows.getBoolean(1));
        reads.put("byte", () -> rows.getByte(1));
        reads.put("short", () -> rows.getShort(1));
        reads.put("int", () -> rows.getInt(1));
        reads.put("long", () -> rows.getLong(1));
        reads.put("float", () -> rows.getFloat(1));
        reads.put("double", () -> rows.getDouble(1));
        reads.put("decimal", () -> rows.getBigDecimal(1));
        reads.put("decimal 2", () -> rows.getBigDecimal(1, 2));
        reads.put("was null", rows::wasNull);
        for (Class<?> type : CLASSES) {
            reads.put(type.getSimpleName(), () -> rows.getObject(1, type));
        }
        reads.forEach((name, read) -> t.exact(what + " > " + name, read));
    }

    /** Each column alone takes each value, and is then read as a text. */
    private static void write(
            Connection c, Transcript t, List<String> columns, Map<String, Setter> setters)
            throws SQLException {
        for (String column : columns) {
            try (Statement s = c.createStatement()) {
                s.execute("drop table if exists num_in");
                s.execute("create table num_in (v " + column + ")");
                setters.forEach((name, setter) ->
                        t.exact(column + " < " + name, () -> written(c, s, setter)));
            }
        }
    }

    private static Object written(Connection c, Statement s, Setter setter) throws SQLException {
        s.execute("delete from num_in");
        try (PreparedStatement insert = c.prepareStatement("insert into num_in values (?)")) {
            setter.set(insert);
            insert.executeUpdate();
        }
        try (ResultSet rows = s.executeQuery("select v from num_in")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static List<String> targetColumns(Numerics numerics) {
        return numerics.columns().stream()
                .filter(c -> c.startsWith("numeric") || c.startsWith("decimal(65"))
                .filter(c -> !c.endsWith(",2)"))
                .toList();
    }

    private static Map<String, Setter> setters() {
        Map<String, Setter> setters = new LinkedHashMap<>();
        setters.put("boolean true", s -> s.setBoolean(1, true));
        setters.put("byte least", s -> s.setByte(1, Byte.MIN_VALUE));
        setters.put("byte most", s -> s.setByte(1, Byte.MAX_VALUE));
        setters.put("short least", s -> s.setShort(1, Short.MIN_VALUE));
        setters.put("int least", s -> s.setInt(1, Integer.MIN_VALUE));
        setters.put("int most", s -> s.setInt(1, Integer.MAX_VALUE));
        setters.put("long least", s -> s.setLong(1, Long.MIN_VALUE));
        setters.put("long most", s -> s.setLong(1, Long.MAX_VALUE));
        for (float v : new float[] {0.1f, -0f, Float.MAX_VALUE, Float.MIN_VALUE, 1.0E10f}) {
            setters.put("float " + v, s -> s.setFloat(1, v));
        }
        for (float v : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            setters.put("float " + v, s -> s.setFloat(1, v));
        }
        for (double v : new double[] {0.1, -0.0, Double.MAX_VALUE, Double.MIN_VALUE, 1.0E10}) {
            setters.put("double " + v, s -> s.setDouble(1, v));
        }
        for (double v : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            setters.put("double " + v, s -> s.setDouble(1, v));
        }
        for (String v : decimals()) {
            setters.put("decimal " + v, s -> s.setBigDecimal(1, new BigDecimal(v)));
        }
        for (Object v : objects()) {
            setters.put(named(v), s -> s.setObject(1, v));
        }
        return setters;
    }

    private static List<String> decimals() {
        return List.of(
                "0", "0.00", "1.005", "-1.50", "1E+3", "1E-10", "99999999999999999999", "5E+30");
    }

    private static List<Object> objects() {
        return List.of(
                true,
                (byte) -128,
                (short) 32767,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1f,
                1.5f,
                -0f,
                Float.MAX_VALUE,
                Float.NaN,
                0.1,
                -0.0,
                1e300,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                new BigDecimal("1.10"),
                new BigDecimal("1E+5"),
                new BigInteger("170141183460469231731687303715884105727"),
                BigInteger.TEN,
                "12",
                "1.5",
                "x",
                'c');
    }

    private static String named(Object value) {
        return value.getClass().getSimpleName() + " " + value;
    }

    private static Map<String, Setter> targets() {
        Map<String, Setter> setters = new LinkedHashMap<>();
        for (Object v : targetValues()) {
            for (JDBCType type : TARGETS) {
                int number = type.getVendorTypeNumber();
                setters.put(named(v) + " as " + type, s -> s.setObject(1, v, number));
                setters.put(named(v) + " as JDBCType " + type, s -> s.setObject(1, v, type));
            }
            setters.put(
                    named(v) + " as NUMERIC 1",
                    s -> s.setObject(1, v, JDBCType.NUMERIC.getVendorTypeNumber(), 1));
        }
        return setters;
    }

    private static List<Object> targetValues() {
        return List.of(
                true,
                (byte) 1,
                (short) 300,
                70_000,
                5_000_000_000L,
                1.5f,
                0.1f,
                2.55,
                1e20,
                Double.NaN,
                new BigDecimal("2.55"),
                new BigDecimal("1E+3"),
                new BigInteger("99999999999999999999"),
                "12",
                "1.25",
                "1e2",
                "x");
    }
}
