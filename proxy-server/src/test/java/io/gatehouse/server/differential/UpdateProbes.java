package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Update counts, generated keys and batches. */
final class UpdateProbes {
    private UpdateProbes() {}

    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("counts", UpdateProbes::counts);
        probes.put("keys", (c, t) -> keys(c, t, flavor));
        probes.put("keys of several rows", UpdateProbes::keysOfRows);
        probes.put("keys of a batch", UpdateProbes::keysOfBatch);
        probes.put("batches", UpdateProbes::batches);
        probes.put("failing batch", (c, t) -> failingBatch(c, t, true));
        probes.put("failing batch in a transaction", (c, t) -> failingBatch(c, t, false));
        probes.put("failing texts", UpdateProbes::failingTexts);
        return probes;
    }

    private static void counts(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.note("insert", s.executeUpdate("insert into probe (id, name) values (901, 'a')"));
            t.note("update", s.executeUpdate("update probe set name = 'b' where id >= 901"));
            t.note("same", s.executeUpdate("update probe set name = 'b' where id >= 901"));
            t.note("none", s.executeUpdate("update probe set name = 'b' where id = -1"));
            t.note("execute", s.execute("select id from probe where id = 901"));
            try (ResultSet rows = s.getResultSet()) {
                t.rows("execute", rows);
            }
            t.note("more", s.getMoreResults());
            t.note("count", s.getUpdateCount());
            t.value("large", () -> s.executeLargeUpdate("delete from probe where id = 901"));
            t.note("is rows", s.execute(Flavor.UPDATE));
            t.note("its count", s.getUpdateCount());
            t.note("ddl", s.executeUpdate("create table gone (a int)"));
            t.note("drop", s.executeUpdate("drop table gone"));
        }
        try (PreparedStatement s = c.prepareStatement("insert into probe (id) values (?)")) {
            s.setInt(1, 903);
            t.note("is rows", s.execute());
            t.note("prepared count", s.getUpdateCount());
            s.setInt(1, 904);
            t.value("prepared large", s::executeLargeUpdate);
        }
    }

    private static void keys(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement(
                        "insert into keyed (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            s.setString(1, "first");
            t.note("inserted", s.executeUpdate());
            keys(t, "prepared", s);
            s.setString(1, "second");
            t.note("again", s.executeUpdate());
            keys(t, "again", s);
        }
        try (Statement s = c.createStatement()) {
            String insert = "insert into keyed (name) values ('t')";
            t.note("text", s.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS));
            keys(t, "text", s);
            t.note("executed", s.execute(insert, Statement.RETURN_GENERATED_KEYS));
            t.note("its count", s.getUpdateCount());
            keys(t, "executed", s);
            t.note("plain", s.executeUpdate(insert));
            if (flavor.namedKeys()) {
                t.note("named", s.executeUpdate(insert, new String[] {"id"}));
                keys(t, "named", s);
            }
        }
        if (flavor.namedKeys()) {
            try (PreparedStatement s =
                    c.prepareStatement(
                            "insert into keyed (name) values ('x')", new String[] {"id"})) {
                t.note("prepared named", s.executeUpdate());
                keys(t, "prepared named", s);
            }
        }
    }

    /** The values are the sequence's and differ; that they are numbers in order does not. */
    private static void keys(Transcript t, String what, Statement s) throws SQLException {
        try (ResultSet keys = s.getGeneratedKeys()) {
            t.note(what + " columns", keys.getMetaData().getColumnCount());
            t.note(what + " type", keys.getMetaData().getColumnType(1));
            long last = 0;
            int count = 0;
            while (keys.next()) {
                count++;
                t.note(what + " rises", keys.getLong(1) > last);
                t.note(what + " class", keys.getObject(1).getClass().getSimpleName());
                last = keys.getLong(1);
            }
            t.note(what + " count", count);
        }
    }

    private static void keysOfRows(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.note(
                    "inserted",
                    s.executeUpdate(
                            "insert into keyed (name) values ('a'), ('b'), ('c')",
                            Statement.RETURN_GENERATED_KEYS));
            keys(t, "keys", s);
        }
    }

    private static void keysOfBatch(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement(
                        "insert into keyed (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 3; i++) {
                s.setString(1, "k" + i);
                s.addBatch();
            }
            t.note("batch", s.executeBatch());
            t.attempt("keys of it", () -> keys(t, "keys", s));
        }
    }

    private static void batches(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("insert into probe (id, name) values (?, ?)")) {
            for (int i = 0; i < 5; i++) {
                s.setInt(1, 901 + i);
                s.setString(2, i == 3 ? null : "batch " + i);
                s.addBatch();
            }
            t.note("batch", s.executeBatch());
            t.note("empty", s.executeBatch());
            s.setInt(1, 990);
            s.setString(2, "cleared");
            s.addBatch();
            s.clearBatch();
            t.note("cleared", s.executeBatch());
        }
        try (Statement s = c.createStatement()) {
            s.addBatch("update probe set name = 'u' where id = 901");
            s.addBatch("delete from probe where id in (902, 903)");
            s.addBatch("update probe set name = 'u' where id = -1");
            t.note("texts", s.executeBatch());
            t.query("after", s, "select id, name from probe where id > 900 order by id");
        }
    }

    private static void failingBatch(Connection c, Transcript t, boolean autocommit)
            throws SQLException {
        c.setAutoCommit(autocommit);
        try (PreparedStatement s =
                c.prepareStatement("insert into probe (id, name) values (?, ?)")) {
            for (int id : new int[] {901, 902, 1, 903}) {
                s.setInt(1, id);
                s.setString(2, "b");
                s.addBatch();
            }
            t.attempt("duplicate", s::executeBatch);
            t.value("left", s::executeBatch);
        }
        if (!autocommit) {
            c.rollback();
            c.setAutoCommit(true);
        }
        try (Statement s = c.createStatement()) {
            t.query("after", s, "select id from probe where id > 900 order by id");
        }
    }

    private static void failingTexts(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.addBatch("insert into probe (id) values (901)");
            s.addBatch("insert into probe (id) values (1)");
            s.addBatch("insert into probe (id) values (902)");
            t.attempt("duplicate", s::executeBatch);
            s.clearBatch();
            t.query("after", s, "select id from probe where id > 900 order by id");
            s.addBatch("select 1");
            t.attempt("query in a batch", s::executeBatch);
        }
    }
}
