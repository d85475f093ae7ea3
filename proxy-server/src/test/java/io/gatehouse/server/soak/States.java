package io.gatehouse.server.soak;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Settings, temporary tables and locks: kept for their owner, never seen by another. */
final class States {
    private static final Map<String, List<String>> VALUES =
            Map.of(
                    "application_name", List.of("one", "two", "three"),
                    "TimeZone", List.of("Europe/Berlin", "Asia/Tokyo", "America/Lima"),
                    "search_path", List.of("public, pg_catalog", "pg_catalog, public"),
                    "statement_timeout", List.of("31s", "32s"),
                    "work_mem", List.of("5MB", "6MB"),
                    "lock_timeout", List.of("61s", "62s"));
    private static final List<String> NAMES = VALUES.keySet().stream().sorted().toList();

    private States() {}

    /** Learns what a session begins with; to be called before any soak. */
    static void learn(Visit v) throws SQLException {
        try (Statement s = v.connection.createStatement();
                ResultSet rows = s.executeQuery(question())) {
            v.must(rows.next(), "no row of settings");
            for (int i = 0; i < NAMES.size(); i++) {
                v.settings.put(NAMES.get(i), rows.getString(i + 1));
            }
        }
    }

    private static String question() {
        StringBuilder sql = new StringBuilder("select ");
        NAMES.forEach(name -> sql.append("current_setting('").append(name).append("'), "));
        return sql.append("to_regclass('pg_temp.mine')").toString();
    }

    /** Every setting is as this session left it, and nobody else's temporary table is there. */
    static void check(Visit v) throws SQLException {
        v.note("check of the settings");
        try (Statement s = v.connection.createStatement();
                ResultSet rows = s.executeQuery(question())) {
            v.must(rows.next(), "no row of settings");
            for (int i = 0; i < NAMES.size(); i++) {
                String name = NAMES.get(i);
                String want = v.settings.get(name);
                String got = rows.getString(i + 1);
                v.must(got.equals(want), name + " is " + got + " instead of " + want);
            }
            v.must(
                    v.pinned || rows.getString(NAMES.size() + 1) == null,
                    "a temporary table that is not its own");
        }
    }

    /** A setting for the session, or one that its transaction takes back. */
    static void set(Visit v) throws SQLException {
        String name = NAMES.get(v.random.nextInt(NAMES.size()));
        List<String> values = VALUES.get(name);
        String value = values.get(v.random.nextInt(values.size()));
        String old = v.settings.get(name);
        String sql = " " + name + " = " + (name.equals("search_path") ? value : quoted(value));
        switch (v.random.nextInt(5)) {
            case 0 -> {
                v.run("set" + sql);
                v.settings.put(name, value);
            }
            case 1 -> inTransaction(v, "set local" + sql, name, value, old, true);
            case 2 -> inTransaction(v, "set" + sql, name, value, old, false);
            case 3 -> {
                inTransaction(v, "set" + sql, name, value, value, true);
            }
            default -> savepoint(v, "set" + sql);
        }
        check(v);
    }

    private static String quoted(String value) {
        return "'" + value + "'";
    }

    private static void inTransaction(
            Visit v, String sql, String name, String inside, String after, boolean commit)
            throws SQLException {
        String before = v.settings.get(name);
        v.connection.setAutoCommit(false);
        if (v.oneIn(2)) {
            Reads.point(v);
        }
        v.run(sql);
        v.settings.put(name, inside);
        try {
            check(v);
            if (!commit && v.oneIn(2)) {
                Mishaps.fail(v);
            }
        } catch (SQLException e) {
            v.settings.put(name, before);
            throw e;
        }
        v.settings.put(name, after);
        v.note(commit ? "commit" : "rollback");
        if (commit) {
            v.connection.commit();
        } else {
            v.connection.rollback();
        }
        v.connection.setAutoCommit(true);
    }

    private static void savepoint(Visit v, String sql) throws SQLException {
        v.connection.setAutoCommit(false);
        Reads.point(v);
        Savepoint here = v.connection.setSavepoint();
        v.run(sql);
        v.note("rollback to savepoint");
        v.connection.rollback(here);
        check(v);
        v.note("commit");
        v.connection.commit();
        v.connection.setAutoCommit(true);
    }

    /** Its own rows in a table that everybody calls by the same name. */
    static void temporary(Visit v) throws SQLException {
        v.pinned = true;
        v.run("create temporary table if not exists mine (client int)");
        v.run("truncate mine");
        int rows = v.update("insert into mine values (" + v.client + ")");
        v.must(rows == 1, "rows inserted: " + rows);
        check(v);
        String all = v.ask("select string_agg(client::text, ',') from mine");
        v.must(Integer.toString(v.client).equals(all), "rows of a temporary table: " + all);
    }

    /** A lock of its own session, or of a transaction. */
    static void lock(Visit v) throws SQLException {
        if (v.oneIn(2)) {
            v.connection.setAutoCommit(false);
            v.ask("select pg_advisory_xact_lock(" + v.random.nextInt(5) + ")");
            Reads.point(v);
            v.connection.commit();
            v.connection.setAutoCommit(true);
        }
        v.ask("select pg_advisory_xact_lock(" + (1_000 + v.client) + ")");
    }

    /** A session's own lock: nobody else may hold it, and it stays while the session does. */
    static void sessionLock(Visit v) throws SQLException {
        v.pinned = true;
        String got = v.ask("select pg_try_advisory_lock(" + (10_000 + v.client) + ")");
        v.must("t".equals(got), "its own lock is held by another");
        Reads.point(v);
        String held =
                v.ask(
                        "select count(*) from pg_locks where locktype = 'advisory' and pid ="
                                + " pg_backend_pid()");
        v.must(held != null && !"0".equals(held), "its lock is gone");
    }
}
