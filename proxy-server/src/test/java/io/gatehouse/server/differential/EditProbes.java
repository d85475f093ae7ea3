package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;

/** Changing the rows of a table through a result set. */
final class EditProbes {
    private static final String ALL =
            "select id, name, amount, due, moment, flag, big, ratio from probe where id > 900 order"
                    + " by id";

    private EditProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("updating rows", EditProbes::updating);
        probes.put("updating types", EditProbes::types);
        probes.put("inserting rows", EditProbes::inserting);
        probes.put("inserting keyed rows", EditProbes::keyed);
        probes.put("deleting rows", EditProbes::deleting);
        probes.put("refreshing rows", EditProbes::refreshing);
        probes.put("rows that cannot be changed", EditProbes::refused);
        probes.put("changing forward only", EditProbes::forwardOnly);
        probes.put("changing in order", EditProbes::sequence);
        return probes;
    }

    private static Statement updatable(Connection c) throws SQLException {
        return c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
    }

    private static void fill(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (int i = 901; i <= 904; i++) {
                s.executeUpdate(
                        "insert into probe (id, name, amount, big) values ("
                                + i
                                + ", 'n"
                                + i
                                + "', 1.50, 7)");
            }
        }
    }

    private static void table(Connection c, Transcript t, String what) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.query("table " + what, s, ALL);
        }
    }

    /** Steps on one updatable result. */
    private interface Steps {
        void run(ResultSet rows) throws SQLException;
    }

    private static void with(Connection c, Transcript t, String sql, Steps steps)
            throws SQLException {
        fill(c);
        t.attempt(
                "result",
                () -> {
                    try (Statement s = updatable(c);
                            ResultSet rows = s.executeQuery(sql)) {
                        steps.run(rows);
                    }
                });
        table(c, t, "after");
    }

    private static void state(Transcript t, String what, ResultSet rows) {
        t.value(what + " row", rows::getRow);
        t.value(what + " id", () -> rows.getInt(1));
        t.value(what + " name", () -> rows.getString(2));
        t.value(what + " updated", rows::rowUpdated);
        t.value(what + " inserted", rows::rowInserted);
        t.value(what + " deleted", rows::rowDeleted);
    }

    private static void updating(Connection c, Transcript t) throws SQLException {
        with(
                c,
                t,
                ALL,
                rows -> {
                    t.value("next", rows::next);
                    t.attempt("update name", () -> rows.updateString("name", "changed"));
                    t.attempt("update amount", () -> rows.updateBigDecimal(3, decimal("2.25")));
                    t.attempt("update row", rows::updateRow);
                    state(t, "updated", rows);
                    t.value("amount then", () -> rows.getBigDecimal(3));
                    t.value("next then", rows::next);
                    t.attempt("update null", () -> rows.updateNull("name"));
                    t.attempt("update null row", rows::updateRow);
                    state(t, "null", rows);
                    t.value("third", () -> rows.absolute(3));
                    t.attempt("update and cancel", () -> rows.updateString(2, "no"));
                    t.attempt("cancel", rows::cancelRowUpdates);
                    state(t, "cancelled", rows);
                    t.attempt("update object", () -> rows.updateObject(2, "object"));
                    t.attempt("update row again", rows::updateRow);
                    t.value("go back", () -> rows.absolute(1));
                    state(t, "again", rows);
                    t.attempt("update nothing", rows::updateRow);
                    t.attempt("update key", () -> rows.updateInt(1, 910));
                    t.attempt("update row of key", rows::updateRow);
                    state(t, "key", rows);
                });
    }

    private static void types(Connection c, Transcript t) throws SQLException {
        with(
                c,
                t,
                ALL,
                rows -> {
                    t.value("next", rows::next);
                    t.attempt("string", () -> rows.updateString("NAME", "texts"));
                    t.attempt("decimal", () -> rows.updateBigDecimal("amount", decimal("7.75")));
                    t.attempt("date", () -> rows.updateDate("due", Date.valueOf("2024-02-29")));
                    t.attempt(
                            "timestamp",
                            () ->
                                    rows.updateTimestamp(
                                            "moment", Timestamp.valueOf("2024-02-29 12:13:14")));
                    t.attempt("boolean", () -> rows.updateBoolean("flag", true));
                    t.attempt("long", () -> rows.updateLong("big", 1L << 40));
                    t.attempt("double", () -> rows.updateDouble("ratio", 0.125));
                    t.attempt("row", rows::updateRow);
                    t.value("big", () -> rows.getLong("big"));
                    t.value("ratio", () -> rows.getDouble("ratio"));
                    t.value("due", () -> rows.getDate("due"));
                    t.value("moment", () -> rows.getTimestamp("moment"));
                    t.value("second", rows::next);
                    t.attempt("int to big", () -> rows.updateInt("big", 5));
                    t.attempt("object", () -> rows.updateObject("amount", decimal("3.50")));
                    t.attempt("float", () -> rows.updateFloat("ratio", 0.5f));
                    t.attempt("short", () -> rows.updateShort("big", (short) 4));
                    t.attempt("byte", () -> rows.updateByte("big", (byte) 3));
                    t.attempt("second row", rows::updateRow);
                    t.attempt("no such column", () -> rows.updateInt("nothing", 1));
                    t.attempt("no such number", () -> rows.updateInt(99, 1));
                    t.attempt("text too long", () -> rows.updateString(2, "x".repeat(200)));
                    t.attempt("row too long", rows::updateRow);
                });
    }

    private static void inserting(Connection c, Transcript t) throws SQLException {
        with(
                c,
                t,
                ALL,
                rows -> {
                    t.value("next", rows::next);
                    t.attempt("to insert row", rows::moveToInsertRow);
                    t.attempt("id", () -> rows.updateInt("id", 950));
                    t.attempt("name", () -> rows.updateString("name", "inserted"));
                    t.attempt("insert", rows::insertRow);
                    t.attempt("back", rows::moveToCurrentRow);
                    state(t, "back", rows);
                    t.value("last", rows::last);
                    state(t, "last", rows);
                    t.attempt("to insert row again", rows::moveToInsertRow);
                    t.attempt("duplicate id", () -> rows.updateInt("id", 950));
                    t.attempt("duplicate", rows::insertRow);
                    t.attempt("back again", rows::moveToCurrentRow);
                });
    }

    private static void keyed(Connection c, Transcript t) throws SQLException {
        t.attempt(
                "result",
                () -> {
                    try (Statement s = updatable(c);
                            ResultSet rows = s.executeQuery("select id, name from keyed")) {
                        t.attempt("to insert row", rows::moveToInsertRow);
                        t.attempt("name", () -> rows.updateString(2, "by key"));
                        t.attempt("insert", rows::insertRow);
                        t.attempt("back", rows::moveToCurrentRow);
                    }
                });
        try (Statement s = c.createStatement()) {
            t.query("names", s, "select name from keyed");
        }
    }

    private static void deleting(Connection c, Transcript t) throws SQLException {
        with(
                c,
                t,
                ALL,
                rows -> {
                    t.value("second", () -> rows.absolute(2));
                    t.attempt("delete", rows::deleteRow);
                    state(t, "deleted", rows);
                    t.value("next", rows::next);
                    state(t, "next", rows);
                    t.value("last", rows::last);
                    state(t, "last", rows);
                });
    }

    private static void refreshing(Connection c, Transcript t) throws SQLException {
        with(
                c,
                t,
                ALL,
                rows -> {
                    t.value("next", rows::next);
                    try (Statement s = c.createStatement()) {
                        s.executeUpdate("update probe set name = 'fresh' where id = 901");
                    }
                    state(t, "stale", rows);
                    t.attempt("refresh", rows::refreshRow);
                    state(t, "fresh", rows);
                });
    }

    private static void refused(Connection c, Transcript t) throws SQLException {
        fill(c);
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("no key", "select name from probe where id > 900");
        queries.put("join", "select p.id, k.name from probe p, keyed k where p.id > 900");
        queries.put("aggregate", "select count(*) from probe");
        queries.put("expression", "select id, name, 1 + 1 as two from probe where id = 901");
        for (Map.Entry<String, String> query : queries.entrySet()) {
            String name = query.getKey();
            t.attempt(
                    name,
                    () -> {
                        try (Statement s = updatable(c);
                                ResultSet rows = s.executeQuery(query.getValue())) {
                            t.note(name + " concurrency", rows.getConcurrency());
                            t.value(name + " next", rows::next);
                            t.attempt(name + " update", () -> rows.updateString(1, "905"));
                            t.attempt(name + " delete", rows::deleteRow);
                            t.attempt(name + " insert", rows::moveToInsertRow);
                        }
                    });
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(ALL)) {
            rows.next();
            t.attempt("read-only update", () -> rows.updateString(2, "no"));
            t.attempt("read-only row", rows::updateRow);
            t.attempt("read-only delete", rows::deleteRow);
            t.attempt("read-only insert", rows::moveToInsertRow);
            t.attempt("read-only refresh", rows::refreshRow);
            t.attempt("read-only cancel", rows::cancelRowUpdates);
        }
    }

    private static void forwardOnly(Connection c, Transcript t) throws SQLException {
        fill(c);
        t.attempt(
                "result",
                () -> {
                    try (Statement s =
                                    c.createStatement(
                                            ResultSet.TYPE_FORWARD_ONLY,
                                            ResultSet.CONCUR_UPDATABLE);
                            ResultSet rows = s.executeQuery(ALL)) {
                        while (rows.next()) {
                            int id = rows.getInt(1);
                            t.attempt("update " + id, () -> rows.updateString(2, "f" + id));
                            t.attempt("row " + id, rows::updateRow);
                        }
                    }
                });
        table(c, t, "after");
    }

    private static void sequence(Connection c, Transcript t) throws SQLException {
        with(
                c,
                t,
                ALL,
                rows -> {
                    t.attempt("update before first", () -> rows.updateString(2, "x"));
                    t.attempt("row before first", rows::updateRow);
                    t.attempt("delete before first", rows::deleteRow);
                    t.attempt("insert without", rows::insertRow);
                    t.value("next", rows::next);
                    t.attempt("insert on row", rows::insertRow);
                    t.attempt("to insert row", rows::moveToInsertRow);
                    t.attempt("update row there", rows::updateRow);
                    t.attempt("delete there", rows::deleteRow);
                    t.attempt("refresh there", rows::refreshRow);
                    t.attempt("cancel there", rows::cancelRowUpdates);
                    t.attempt("back", rows::moveToCurrentRow);
                    t.value("id", () -> rows.getInt(1));
                });
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
