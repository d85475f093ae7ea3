package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Values, in both directions. */
final class ValueProbes {
    private static final String INSERT =
            "insert into probe (id, name, amount, due, moment, flag, big, ratio)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String BACK = "select * from probe where id > 900 order by id";
    private static final int LARGE = 1024 * 1024;

    private ValueProbes() {}

    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("types", (c, t) -> getters(c, t, flavor.everyType(), flavor));
        probes.put("extremes", (c, t) -> getters(c, t, flavor.extremes(), flavor));
        probes.put("prepared types", (c, t) -> prepared(c, t, flavor));
        probes.put("parameters", (c, t) -> parameters(c, t, flavor));
        probes.put("objects", (c, t) -> objects(c, t, flavor));
        probes.put("typed objects", (c, t) -> typedObjects(c, t, flavor));
        probes.put("nulls", (c, t) -> nulls(c, t, flavor));
        probes.put("large values", ValueProbes::large);
        probes.put("many rows", ValueProbes::manyRows);
        return probes;
    }

    private static void getters(Connection c, Transcript t, String sql, Flavor flavor)
            throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            t.getters("type", rows, flavor.javaTime());
        }
    }

    /** Drivers change the format of values after some executions. */
    private static void prepared(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(flavor.everyType())) {
            for (int i = 0; i < 8; i++) {
                try (ResultSet rows = s.executeQuery()) {
                    t.getters("run " + i, rows, flavor.javaTime());
                }
            }
        }
    }

    private static void parameters(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(INSERT)) {
            s.setInt(1, 901);
            s.setString(2, "naïve ☃ 'quoted' \\ back\nline");
            s.setBigDecimal(3, new BigDecimal("12345.67"));
            s.setDate(4, Date.valueOf("2024-02-29"));
            s.setTimestamp(5, Timestamp.valueOf("2024-02-29 13:14:15.123456"));
            s.setBoolean(6, true);
            s.setLong(7, Long.MAX_VALUE);
            s.setDouble(8, 0.1);
            t.note("inserted", s.executeUpdate());
            s.setShort(1, (short) 902);
            s.setString(2, "");
            s.setInt(3, 7);
            s.setDate(4, Date.valueOf("1969-07-20"));
            s.setTimestamp(5, Timestamp.valueOf("1969-07-20 20:17:40"));
            s.setBoolean(6, false);
            s.setInt(7, -1);
            s.setFloat(8, 1.5f);
            t.note("inserted more", s.executeUpdate());
        }
        back(c, t, flavor);
    }

    private static void objects(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(INSERT)) {
            s.setObject(1, 901);
            s.setObject(2, "x");
            s.setObject(3, new BigDecimal("0.01"));
            s.setObject(4, Date.valueOf("2024-02-29"));
            s.setObject(5, Timestamp.valueOf("2024-02-29 13:14:15.5"));
            s.setObject(6, false);
            s.setObject(7, -1L);
            s.setObject(8, 1.5);
            t.note("inserted", s.executeUpdate());
            s.setObject(1, (short) 902);
            s.setObject(2, null);
            s.setObject(3, 5L);
            s.setObject(4, null);
            s.setObject(5, null);
            s.setObject(6, true);
            s.setObject(7, 77);
            s.setObject(8, 2.5f);
            t.note("inserted more", s.executeUpdate());
        }
        back(c, t, flavor);
    }

    private static void typedObjects(Connection c, Transcript t, Flavor flavor)
            throws SQLException {
        try (PreparedStatement s = c.prepareStatement(INSERT)) {
            s.setObject(1, "901", Types.INTEGER);
            s.setObject(2, "typed", Types.VARCHAR);
            s.setObject(3, "3.14", Types.NUMERIC, 2);
            s.setObject(4, Date.valueOf("2024-02-29"), Types.DATE);
            s.setObject(5, Timestamp.valueOf("2024-02-29 13:14:15"), Types.TIMESTAMP);
            s.setObject(6, true, Types.BOOLEAN);
            s.setObject(7, 5, Types.BIGINT);
            s.setObject(8, 2, Types.DOUBLE);
            t.attempt("insert", () -> t.note("inserted", s.executeUpdate()));
        }
        back(c, t, flavor);
    }

    private static void nulls(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(INSERT)) {
            s.setInt(1, 901);
            s.setNull(2, Types.VARCHAR);
            s.setNull(3, Types.NUMERIC);
            s.setNull(4, Types.DATE);
            s.setNull(5, Types.TIMESTAMP);
            s.setNull(6, Types.BOOLEAN);
            s.setNull(7, Types.BIGINT);
            s.setNull(8, Types.DOUBLE);
            t.note("inserted", s.executeUpdate());
            s.setInt(1, 902);
            for (int i = 2; i <= 8; i++) {
                s.setNull(i, Types.NULL);
            }
            t.attempt("untyped", () -> t.note("untyped count", s.executeUpdate()));
        }
        back(c, t, flavor);
    }

    private static void back(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(BACK)) {
            t.getters("back", rows, flavor.javaTime());
        }
    }

    private static void large(Connection c, Transcript t) throws SQLException {
        byte[] bytes = new byte[LARGE];
        new Random(7).nextBytes(bytes);
        String product = c.getMetaData().getDatabaseProductName();
        String text =
                switch (product) {
                    case "PostgreSQL", "SQLite" -> "text";
                    case "Microsoft SQL Server" -> "nvarchar(max)";
                    default -> "longtext";
                };
        String blob =
                switch (product) {
                    case "PostgreSQL" -> "bytea";
                    case "SQLite" -> "blob";
                    case "Microsoft SQL Server" -> "varbinary(max)";
                    default -> "longblob";
                };
        String chars = "naïve ☃ ".repeat(LARGE / 8);
        try (Statement s = c.createStatement()) {
            s.execute("drop table if exists large_probe");
            s.execute("create table large_probe (id int, t " + text + ", b " + blob + ")");
        }
        try (PreparedStatement s = c.prepareStatement("insert into large_probe values (?, ?, ?)")) {
            s.setInt(1, 1);
            s.setString(2, chars);
            s.setBytes(3, bytes);
            t.attempt("insert", () -> t.note("inserted", s.executeUpdate()));
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select id, t, b from large_probe")) {
            while (rows.next()) {
                t.note("text", rows.getString(2));
                t.note("bytes", rows.getBytes(3));
            }
        }
        try (Statement s = c.createStatement()) {
            s.execute("drop table large_probe");
        }
    }

    private static void manyRows(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("insert into probe (id, name, big) values (?, ?, ?)")) {
            for (int i = 0; i < 1_000; i++) {
                s.setInt(1, 1_000 + i);
                s.setString(2, "row " + i);
                s.setLong(3, i * 1_000_003L);
                s.addBatch();
            }
            t.note("counts", s.executeBatch());
        }
        String tenFold =
                "select p.id, q.id, p.name, p.big from probe p cross join (select id from probe"
                        + " where id between 1000 and 1009) q where p.id > 900 order by 1, 2";
        for (int fetch : new int[] {0, 1, 17, 5_000}) {
            try (Statement s = c.createStatement()) {
                s.setFetchSize(fetch);
                try (ResultSet rows = s.executeQuery(tenFold)) {
                    long hash = 0;
                    int count = 0;
                    while (rows.next()) {
                        count++;
                        hash = hash * 31 + rows.getInt(1);
                        hash = hash * 31 + rows.getInt(2);
                        hash = hash * 31 + rows.getString(3).hashCode();
                        hash = hash * 31 + rows.getLong(4);
                    }
                    t.note("fetch " + fetch, count + " rows, hash " + hash);
                }
            }
        }
    }
}
