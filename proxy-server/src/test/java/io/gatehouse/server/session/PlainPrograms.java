package io.gatehouse.server.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an application does with a PostgreSQL database, and what it sees. */
final class PlainPrograms {
    private PlainPrograms() {}

    /** Works on a connection whose database has a table {@code thing}, and tells what it saw. */
    interface Program {
        void run(Connection connection, List<String> seen) throws SQLException;
    }

    static final Map<String, Program> ALL =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("types", PlainPrograms::types),
                            Map.entry("prepared", PlainPrograms::prepared),
                            Map.entry("discard", PlainPrograms::discard),
                            Map.entry("described", PlainPrograms::described),
                            Map.entry("changes", PlainPrograms::changes),
                            Map.entry("transactions", PlainPrograms::transactions),
                            Map.entry("cursor", PlainPrograms::cursor),
                            Map.entry("batch", PlainPrograms::batch),
                            Map.entry("failed batch", PlainPrograms::failedBatch),
                            Map.entry("errors", PlainPrograms::errors),
                            Map.entry("keys", PlainPrograms::keys),
                            Map.entry("max rows", PlainPrograms::maxRows),
                            Map.entry("settings", PlainPrograms::settings),
                            Map.entry("several", PlainPrograms::several),
                            Map.entry("definitions", PlainPrograms::definitions)));

    static void rows(ResultSet rows, List<String> seen) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
            seen.add(
                    "column "
                            + rows.getMetaData().getColumnLabel(i)
                            + " "
                            + rows.getMetaData().getColumnTypeName(i)
                            + " "
                            + rows.getMetaData().getPrecision(i)
                            + " "
                            + rows.getMetaData().getScale(i));
        }
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(text(rows, i));
            }
            seen.add(row.toString());
        }
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        return rows.getMetaData().getColumnType(column) == Types.BINARY
                ? Arrays.toString(rows.getBytes(column))
                : String.valueOf(rows.getString(column));
    }

    private static void query(Connection connection, String sql, List<String> seen)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            execute(statement, sql, seen);
        }
    }

    private static void execute(Statement statement, String sql, List<String> seen)
            throws SQLException {
        try {
            boolean rows = statement.execute(sql);
            while (true) {
                if (rows) {
                    rows(statement.getResultSet(), seen);
                } else if (statement.getUpdateCount() >= 0) {
                    seen.add("count " + statement.getUpdateCount());
                } else {
                    return;
                }
                rows = statement.getMoreResults();
            }
        } catch (SQLException e) {
            failed(e, seen);
        }
    }

    private static void failed(SQLException e, List<String> seen) {
        // What to do about the state of a transaction is the broker's addition.
        String message =
                e.getMessage().replaceAll("\n  Hint: (Roll back|Begin a transaction first)\\.", "");
        seen.add("failed " + e.getSQLState() + " " + message);
    }

    private static void types(Connection c, List<String> seen) throws SQLException {
        query(c, "select true, false, 1::int2, 2::int4, 3::int8, null::int4", seen);
        query(c, "select 1.5::float4, 1e20::float8, 'NaN'::float8, 0.1::float8", seen);
        query(c, "select 12.340::numeric(10,3), 'NaN'::numeric, 1e30::numeric", seen);
        query(c, "select 'a'::text, 'b'::varchar(7), 'c'::char(3), 'd'::name", seen);
        query(
                c,
                "select date '2024-02-29', time '12:34:56.789', timestamp '2024-02-29 1:2:3'",
                seen);
        query(c, "select timestamptz '2024-02-29 01:02:03.5+00', 'infinity'::timestamp", seen);
        query(c, "select '\\xdeadbeef'::bytea, '{\"a\": 1}'::jsonb, '[1]'::json", seen);
        query(c, "select '5b6f7a3e-0000-4000-8000-000000000001'::uuid, interval '1 day 2 h'", seen);
        query(c, "select array[1,2,3], array['x','y z']", seen);
        query(c, "values (1, 'one'), (2, 'two')", seen);
    }

    private static void prepared(Connection c, List<String> seen) throws SQLException {
        String sql =
                "select ?::int4 + 1 as i, ?::text as t, ?::numeric as n, ?::timestamptz as z,"
                        + " ?::date as d, ?::bool as b, ?::float8 as f, ?::bytea as y";
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            for (int i = 0; i < 8; i++) {
                statement.setInt(1, i);
                statement.setString(2, "text $1 ? " + i);
                statement.setBigDecimal(3, new java.math.BigDecimal("1234.5678"));
                statement.setObject(
                        4, java.time.OffsetDateTime.parse("2024-03-10T10:00:00.123456Z"));
                statement.setObject(5, java.time.LocalDate.of(1999, 12, 31));
                statement.setBoolean(6, i % 2 == 0);
                statement.setDouble(7, 0.1 * i);
                statement.setBytes(8, new byte[] {1, 2, (byte) i});
                try (ResultSet rows = statement.executeQuery()) {
                    rows(rows, seen);
                }
            }
            statement.setNull(1, Types.INTEGER);
            statement.setNull(2, Types.VARCHAR);
            try (ResultSet rows = statement.executeQuery()) {
                rows(rows, seen);
            }
        }
        try (PreparedStatement statement =
                c.prepareStatement("select id from thing where id = ? or name = '$1 ?' -- $1")) {
            statement.setInt(1, 1);
            rows(statement.executeQuery(), seen);
        }
    }

    private static void discard(Connection c, List<String> seen) throws SQLException {
        query(c, "set work_mem = '9MB'", seen);
        query(c, "show work_mem", seen);
        query(c, "discard all", seen);
        query(c, "show work_mem", seen);
        query(c, "deallocate all", seen);
        query(c, "deallocate nothing", seen);
        query(c, "savepoint s", seen);
        query(c, "commit", seen);
        query(c, "select 'fine'", seen);
    }

    private static void described(Connection c, List<String> seen) throws SQLException {
        String sql = "select id, name from thing where id = ? and name = ?";
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            seen.add("parameters " + statement.getParameterMetaData().getParameterTypeName(1));
            seen.add("columns " + statement.getMetaData().getColumnName(2));
            statement.setInt(1, 1);
            statement.setString(2, "one");
            rows(statement.executeQuery(), seen);
        } catch (AssertionError e) {
            // Simple query mode has no Describe.
            seen.add("no Describe");
        }
    }

    private static void changes(Connection c, List<String> seen) throws SQLException {
        query(c, "insert into thing values (1, 'one'), (2, 'two')", seen);
        query(c, "update thing set name = 'zwei' where id = 2", seen);
        query(c, "update thing set name = 'x' where id = 99", seen);
        try (PreparedStatement statement =
                c.prepareStatement("update thing set name = ? where id = ?")) {
            statement.setString(1, "eins");
            statement.setInt(2, 1);
            seen.add("changed " + statement.executeUpdate());
        }
        query(c, "select * from thing order by id", seen);
        query(c, "delete from thing where id = 1 returning name", seen);
        query(c, "delete from thing where id = 2", seen);
        query(c, "", seen);
        query(c, ";", seen);
    }

    private static void transactions(Connection c, List<String> seen) throws SQLException {
        c.setAutoCommit(false);
        query(c, "insert into thing values (10, 'ten')", seen);
        c.rollback();
        query(c, "select count(*) from thing", seen);
        query(c, "insert into thing values (11, 'eleven')", seen);
        Savepoint before = c.setSavepoint("before");
        query(c, "insert into thing values (11, 'again')", seen);
        query(c, "select 1", seen);
        c.rollback(before);
        query(c, "insert into thing values (12, 'twelve')", seen);
        c.commit();
        query(c, "select * from thing order by id", seen);
        query(c, "select nonsense", seen);
        try {
            c.commit();
            seen.add("committed");
        } catch (SQLException e) {
            failed(e, seen);
        }
        c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        query(c, "show transaction_isolation", seen);
        c.commit();
        c.setReadOnly(true);
        query(c, "insert into thing values (13, 'no')", seen);
        c.rollback();
        c.setReadOnly(false);
        c.setAutoCommit(true);
        query(c, "begin", seen);
        query(c, "delete from thing where id > 0", seen);
        query(c, "rollback", seen);
        query(c, "select count(*) from thing", seen);
    }

    private static void cursor(Connection c, List<String> seen) throws SQLException {
        c.setAutoCommit(false);
        try (Statement statement = c.createStatement()) {
            statement.setFetchSize(7);
            ResultSet rows = statement.executeQuery("select g from generate_series(1, 30) g");
            int sum = 0;
            int count = 0;
            while (rows.next()) {
                sum += rows.getInt(1);
                if (++count == 10) {
                    query(c, "select 'between'", seen);
                }
            }
            seen.add(count + " rows, sum " + sum);
            rows = statement.executeQuery("select g from generate_series(1, 14) g");
            rows.next();
            rows.close();
            rows = statement.executeQuery("select g from generate_series(1, 14) g");
            rows(rows, seen);
        }
        c.commit();
        c.setAutoCommit(true);
    }

    private static void batch(Connection c, List<String> seen) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement("insert into thing values (?, ?)")) {
            for (int i = 0; i < 50; i++) {
                statement.setInt(1, i);
                statement.setString(2, "n" + i);
                statement.addBatch();
            }
            seen.add(Arrays.toString(statement.executeBatch()));
        }
        query(c, "select count(*), sum(id) from thing", seen);
    }

    private static void failedBatch(Connection c, List<String> seen) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement("insert into thing values (?, ?)")) {
            for (int i = 0; i < 5; i++) {
                statement.setInt(1, i == 3 ? 1 : i);
                statement.setString(2, "n");
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            failed(e, seen);
            seen.add(Arrays.toString(((java.sql.BatchUpdateException) e).getUpdateCounts()));
        }
        query(c, "select count(*) from thing", seen);
    }

    private static void errors(Connection c, List<String> seen) throws SQLException {
        query(c, "select from from", seen);
        query(c, "select * from nowhere", seen);
        query(c, "select 1/0", seen);
        query(c, "insert into thing values (1, 'a'), (1, 'b')", seen);
        query(c, "select 'fine'", seen);
        try (PreparedStatement statement = c.prepareStatement("select 10 / ?::int4")) {
            statement.setInt(1, 0);
            rows(statement.executeQuery(), seen);
        } catch (SQLException e) {
            failed(e, seen);
        }
        query(c, "select 'still fine'", seen);
    }

    private static void keys(Connection c, List<String> seen) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement(
                        "insert into thing values (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            statement.setInt(1, 77);
            statement.setString(2, "keyed");
            seen.add("changed " + statement.executeUpdate());
            rows(statement.getGeneratedKeys(), seen);
        }
    }

    private static void maxRows(Connection c, List<String> seen) throws SQLException {
        try (Statement statement = c.createStatement()) {
            statement.setMaxRows(3);
            execute(statement, "select g from generate_series(1, 30) g", seen);
            execute(statement, "select g from generate_series(1, 2) g", seen);
        }
        query(c, "select 'after'", seen);
    }

    private static void settings(Connection c, List<String> seen) throws SQLException {
        query(c, "set time zone 'America/New_York'", seen);
        query(c, "select timestamptz '2024-07-01 12:00:00+00'", seen);
        query(c, "show timezone", seen);
        query(c, "set application_name = 'tested'", seen);
        query(c, "show application_name", seen);
        query(c, "set search_path to pg_catalog, public", seen);
        query(c, "show search_path", seen);
        query(c, "reset search_path", seen);
        query(c, "show search_path", seen);
        c.setAutoCommit(false);
        query(c, "set time zone 'Asia/Tokyo'", seen);
        c.rollback();
        query(c, "show timezone", seen);
        c.setAutoCommit(true);
    }

    private static void several(Connection c, List<String> seen) throws SQLException {
        query(c, "insert into thing values (1, 'a'); select * from thing; select 2", seen);
        query(c, "insert into thing values (2, 'b'); select 1/0; select 3", seen);
        query(c, "select count(*) from thing", seen);
    }

    private static void definitions(Connection c, List<String> seen) throws SQLException {
        query(c, "create table other as select g from generate_series(1, 4) g", seen);
        query(c, "create index on other (g)", seen);
        query(c, "alter table other add column t text", seen);
        query(c, "truncate other", seen);
        query(c, "drop table other", seen);
        query(c, "explain (costs off) select 1", seen);
    }
}
