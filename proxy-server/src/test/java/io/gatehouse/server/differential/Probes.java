package io.gatehouse.server.differential;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ordinary applications do, written once and run both ways. */
final class Probes {
    private Probes() {}

    /** One small program. */
    interface Probe {
        void run(Connection connection, Transcript transcript) throws SQLException;
    }

    /** Every program by name; each leaves the database as it found it. */
    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("types", (c, t) -> types(c, t, flavor));
        probes.put("metadata", (c, t) -> metadata(c, t, flavor));
        probes.put("parameters", (c, t) -> parameters(c, t, flavor));
        probes.put("nulls", (c, t) -> nulls(c, t, flavor));
        probes.put("counts", Probes::counts);
        probes.put("keys", (c, t) -> keys(c, t, flavor));
        probes.put("batches", Probes::batches);
        probes.put("transactions", Probes::transactions);
        probes.put("errors", (c, t) -> errors(c, t, flavor));
        probes.put("errors in a transaction", Probes::errorsInTransaction);
        probes.put("limits", Probes::limits);
        probes.put("interleaved results", Probes::interleaved);
        probes.put("repeated executions", Probes::repeated);
        probes.put("catalog", (c, t) -> catalog(c, t, flavor));
        return probes;
    }

    private static void types(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(flavor.everyType())) {
            t.getters("type", rows);
        }
        try (PreparedStatement s = c.prepareStatement(flavor.everyType())) {
            for (int i = 0; i < 8; i++) {
                try (ResultSet rows = s.executeQuery()) {
                    t.rows("prepared " + i, rows);
                }
            }
        }
    }

    private static void metadata(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(flavor.everyType())) {
            t.metadata("types", rows.getMetaData());
        }
        try (PreparedStatement s =
                c.prepareStatement("select id, name as label, amount from probe where id = ?")) {
            s.setInt(1, 1);
            try (ResultSet rows = s.executeQuery()) {
                t.metadata("table", rows.getMetaData());
                t.rows("table", rows);
            }
        }
    }

    private static void parameters(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement(
                        "insert into probe (id, name, amount, day, moment, flag, big, ratio)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            s.setInt(1, 901);
            s.setString(2, "naïve ☃ 'quoted'");
            s.setBigDecimal(3, new BigDecimal("12345.67"));
            s.setDate(4, Date.valueOf("2024-02-29"));
            s.setTimestamp(5, Timestamp.valueOf("2024-02-29 13:14:15.123456"));
            s.setBoolean(6, true);
            s.setLong(7, Long.MAX_VALUE);
            s.setDouble(8, 0.1);
            t.note("inserted", s.executeUpdate());
            s.setObject(1, 902);
            s.setObject(2, "x");
            s.setObject(3, new BigDecimal("0.01"));
            if (flavor.javaTime()) {
                s.setObject(4, LocalDate.of(1999, 12, 31));
                s.setObject(5, LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1_000));
            }
            s.setObject(6, false);
            s.setObject(7, -1L);
            s.setObject(8, 1.5);
            t.note("inserted objects", s.executeUpdate());
        }
        try (PreparedStatement s =
                c.prepareStatement("select * from probe where id > ? order by id")) {
            s.setInt(1, 900);
            try (ResultSet rows = s.executeQuery()) {
                t.getters("read back", rows);
            }
        }
        if (flavor.javaTime()) {
            try (Statement s = c.createStatement();
                    ResultSet rows =
                            s.executeQuery("select day, moment from probe where id = 901")) {
                rows.next();
                t.note("local date", rows.getObject(1, LocalDate.class));
                t.note("local date time", rows.getObject(2, LocalDateTime.class));
                t.note("time of it", rows.getTimestamp(2).toLocalDateTime());
                t.get("as local time", () -> rows.getObject(2, LocalTime.class));
            }
        }
        clean(c);
    }

    private static void nulls(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement(
                        "insert into probe (id, name, amount, day, moment, flag, big, ratio)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            s.setInt(1, 901);
            s.setNull(2, Types.VARCHAR);
            s.setNull(3, Types.NUMERIC);
            s.setNull(4, Types.DATE);
            s.setNull(5, Types.TIMESTAMP);
            s.setNull(6, flavor.booleanType());
            s.setNull(7, Types.BIGINT);
            s.setNull(8, Types.DOUBLE);
            t.note("inserted", s.executeUpdate());
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select * from probe where id = 901")) {
            t.getters("nulls", rows);
        }
        clean(c);
    }

    private static void counts(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.note("insert", s.executeUpdate("insert into probe (id, name) values (901, 'a')"));
            t.note("update", s.executeUpdate("update probe set name = 'b' where id >= 901"));
            t.note("none", s.executeUpdate("update probe set name = 'b' where id = -1"));
            t.note("execute", s.execute("select id from probe where id = 901"));
            try (ResultSet rows = s.getResultSet()) {
                t.rows("execute", rows);
            }
            t.note("more", s.getMoreResults());
            t.note("count", s.getUpdateCount());
            t.note("large", s.executeLargeUpdate("delete from probe where id = 901"));
            t.note("is rows", s.execute("update probe set name = name where id = -1"));
            t.note("its count", s.getUpdateCount());
        }
    }

    private static void keys(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement(
                        "insert into keyed (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            s.setString(1, "first");
            t.note("inserted", s.executeUpdate());
            try (ResultSet keys = s.getGeneratedKeys()) {
                t.note("has key", keys.next());
                t.note("positive", keys.getLong(1) > 0);
                t.note("one", keys.next());
            }
        }
        if (flavor.namedKeys()) {
            try (PreparedStatement s =
                    c.prepareStatement(
                            "insert into keyed (name) values ('x')", new String[] {"id"})) {
                t.note("named", s.executeUpdate());
                try (ResultSet keys = s.getGeneratedKeys()) {
                    t.note("has named key", keys.next() && keys.getLong(1) > 0);
                }
            }
        }
    }

    private static void batches(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("insert into probe (id, name) values (?, ?)")) {
            for (int i = 0; i < 5; i++) {
                s.setInt(1, 901 + i);
                s.setString(2, "batch " + i);
                s.addBatch();
            }
            t.note("batch", s.executeBatch());
            t.note("empty", s.executeBatch());
        }
        try (Statement s = c.createStatement()) {
            s.addBatch("update probe set name = 'u' where id = 901");
            s.addBatch("delete from probe where id in (902, 903)");
            t.note("texts", s.executeBatch());
            ResultSet rows =
                    s.executeQuery("select id, name from probe where id > 900 order by id");
            t.rows("after", rows);
        }
        clean(c);
    }

    private static void transactions(Connection c, Transcript t) throws SQLException {
        t.note("autocommit", c.getAutoCommit());
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            s.executeUpdate("insert into probe (id, name) values (901, 'a')");
            Savepoint point = c.setSavepoint("one");
            s.executeUpdate("insert into probe (id, name) values (902, 'b')");
            c.rollback(point);
            t.note("after savepoint", count(s));
            c.rollback();
            t.note("after rollback", count(s));
            s.executeUpdate("insert into probe (id, name) values (903, 'c')");
            c.commit();
            t.note("after commit", count(s));
        }
        c.setAutoCommit(true);
        t.note("isolation", c.getTransactionIsolation());
        t.attempt("commit in autocommit", c::commit);
        t.note("read only", c.isReadOnly());
        clean(c);
    }

    private static long count(Statement s) throws SQLException {
        try (ResultSet rows = s.executeQuery("select count(*) from probe where id > 900")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void errors(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.attempt("no table", () -> s.executeQuery("select * from no_such_table"));
            t.attempt("no column", () -> s.executeQuery("select no_such_column from probe"));
            t.attempt(
                    "duplicate",
                    () -> s.executeUpdate("insert into probe (id, name) values (1, 'dup')"));
            t.attempt("not null", () -> s.executeUpdate("insert into probe (name) values ('x')"));
            t.attempt("divided", () -> read(s.executeQuery("select 1 / 0")));
            t.attempt("query of update", () -> s.executeQuery(flavor.harmlessUpdate()));
            t.attempt("update of query", () -> s.executeUpdate("select 1"));
            t.attempt("usable", () -> read(s.executeQuery("select 1")));
        }
        try (PreparedStatement s = c.prepareStatement("select name from probe where id = ?")) {
            t.attempt("missing parameter", () -> read(s.executeQuery()));
            s.setInt(1, 1);
            t.attempt("bound", () -> read(s.executeQuery()));
        }
    }

    private static void read(ResultSet rows) throws SQLException {
        try (rows) {
            while (rows.next()) {
                rows.getObject(1);
            }
        }
    }

    private static void errorsInTransaction(Connection c, Transcript t) throws SQLException {
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            s.executeUpdate("insert into probe (id, name) values (901, 'a')");
            t.attempt(
                    "duplicate",
                    () -> s.executeUpdate("insert into probe (id, name) values (901, 'b')"));
            t.attempt("then", () -> read(s.executeQuery("select 1")));
            t.attempt("rollback", c::rollback);
            t.attempt("fresh", () -> read(s.executeQuery("select 1")));
            c.rollback();
        }
        c.setAutoCommit(true);
    }

    private static void limits(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.setMaxRows(2);
            t.rows("two", s.executeQuery("select id from probe order by id"));
            s.setMaxRows(0);
            s.setFetchSize(1);
            t.rows("all", s.executeQuery("select id from probe order by id"));
        }
    }

    private static void interleaved(Connection c, Transcript t) throws SQLException {
        c.setAutoCommit(false);
        try (Statement one = c.createStatement();
                Statement two = c.createStatement()) {
            one.setFetchSize(1);
            ResultSet outer = one.executeQuery("select id from probe order by id");
            while (outer.next()) {
                int id = outer.getInt(1);
                t.rows("inner " + id, two.executeQuery("select name from probe where id = " + id));
            }
        }
        c.commit();
        c.setAutoCommit(true);
    }

    private static void repeated(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select id, name, amount, moment from probe where id = ?")) {
            for (int i = 0; i < 12; i++) {
                s.setInt(1, 1 + i % 3);
                t.rows("run " + i, s.executeQuery());
            }
        }
    }

    private static void catalog(Connection c, Transcript t, Flavor flavor) throws SQLException {
        var data = c.getMetaData();
        t.note("product", data.getDatabaseProductName());
        t.note("version", data.getDatabaseProductVersion());
        t.note("major", data.getDatabaseMajorVersion());
        t.note("quote", data.getIdentifierQuoteString());
        t.note("upper", data.storesUpperCaseIdentifiers());
        t.note("savepoints", data.supportsSavepoints());
        String table = data.storesUpperCaseIdentifiers() ? "PROBE" : "probe";
        try (ResultSet columns = data.getColumns(null, null, table, null)) {
            while (columns.next()) {
                t.note(
                        columns.getString("COLUMN_NAME"),
                        columns.getInt("DATA_TYPE")
                                + " "
                                + columns.getString("TYPE_NAME")
                                + " "
                                + columns.getInt("COLUMN_SIZE")
                                + " "
                                + columns.getString("IS_NULLABLE"));
            }
        }
        try (ResultSet keys = data.getPrimaryKeys(null, null, table)) {
            while (keys.next()) {
                t.note("key", keys.getString("COLUMN_NAME"));
            }
        }
        if (flavor.schemas()) {
            t.note("schema", c.getSchema());
        }
        t.note("catalog", c.getCatalog());
    }

    private static void clean(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.executeUpdate("delete from probe where id > 900");
        }
    }
}
