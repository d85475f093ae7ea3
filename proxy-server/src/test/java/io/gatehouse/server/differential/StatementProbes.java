package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Running queries, their descriptions, limits and errors. */
final class StatementProbes {
    private StatementProbes() {}

    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("metadata", (c, t) -> metadata(c, t, flavor));
        probes.put("metadata before execution", StatementProbes::described);
        probes.put("errors", StatementProbes::errors);
        probes.put("prepared errors", StatementProbes::preparedErrors);
        probes.put("limits", StatementProbes::limits);
        probes.put("interleaved results", StatementProbes::interleaved);
        probes.put("repeated executions", StatementProbes::repeated);
        probes.put("escapes", StatementProbes::escapes);
        probes.put("question marks", StatementProbes::questionMarks);
        probes.put("timeouts", (c, t) -> timeouts(c, t, flavor));
        probes.put("own statements", (c, t) -> own(c, t, flavor));
        probes.put("states", StatementProbes::states);
        return probes;
    }

    private static void metadata(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(flavor.everyType())) {
            rows.next();
            t.metadata("types", rows.getMetaData());
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select * from probe where id = 1")) {
            rows.next();
            t.metadata("table", rows.getMetaData());
        }
        try (PreparedStatement s =
                c.prepareStatement("select id, name as label, amount from probe where id = ?")) {
            s.setInt(1, 1);
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                t.metadata("labels", rows.getMetaData());
            }
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select id, name from keyed")) {
            t.metadata("no rows", rows.getMetaData());
        }
    }

    private static void described(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select id, name, amount from probe where id = ?")) {
            t.attempt("columns", () -> t.metadata("before", s.getMetaData()));
            t.attempt("parameters", () -> t.parameters("query", s.getParameterMetaData()));
            s.setInt(1, 1);
            t.attempt("then", () -> t.rows("then", s.executeQuery()));
        }
        try (PreparedStatement s =
                c.prepareStatement("insert into probe (id, name, amount) values (?, ?, ?)")) {
            t.attempt(
                    "no columns",
                    () -> {
                        ResultSetMetaData none = s.getMetaData();
                        t.note("columns of it", none == null ? 0 : none.getColumnCount());
                    });
            t.attempt("its parameters", () -> t.parameters("insert", s.getParameterMetaData()));
        }
    }

    private static void errors(Connection c, Transcript t) throws SQLException {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("no table", "select * from no_such_table");
        queries.put("no column", "select no_such_column from probe");
        queries.put("no sense", "selec 1");
        queries.put("divided", "select 1 / 0");
        queries.put("query of update", Flavor.UPDATE);
        Map<String, String> updates = new LinkedHashMap<>();
        updates.put("duplicate", "insert into probe (id, name) values (1, 'dup')");
        updates.put("not null", "insert into probe (id, name) values (null, 'x')");
        String tooLong = "x".repeat(99);
        updates.put("too long", "insert into probe (id, name) values (902, '" + tooLong + "')");
        updates.put("update of query", "select 1");
        // Each with a statement of its own: some drivers' are of no use after an error.
        for (Map.Entry<String, String> query : queries.entrySet()) {
            try (Statement s = c.createStatement()) {
                t.attempt(query.getKey(), () -> t.query("rows", s, query.getValue()));
            }
        }
        for (Map.Entry<String, String> update : updates.entrySet()) {
            try (Statement s = c.createStatement()) {
                t.attempt(update.getKey(), () -> s.executeUpdate(update.getValue()));
            }
        }
        try (Statement s = c.createStatement()) {
            t.attempt("empty", () -> s.execute(""));
            t.attempt("usable", () -> t.query("usable", s, "select 1"));
        }
    }

    private static void preparedErrors(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select name from probe where id = ?")) {
            t.attempt("missing parameter", () -> t.rows("missing", s.executeQuery()));
            s.setInt(1, 1);
            t.attempt("bound", () -> t.rows("bound", s.executeQuery()));
            t.attempt("parameter 2", () -> s.setInt(2, 1));
            t.attempt("parameter 0", () -> s.setInt(0, 1));
            s.clearParameters();
            t.attempt("cleared", () -> t.rows("cleared", s.executeQuery()));
        }
        t.attempt(
                "no table",
                () -> {
                    try (PreparedStatement s = c.prepareStatement("select 1 from no_such_table")) {
                        s.executeQuery();
                    }
                });
        try (PreparedStatement s = c.prepareStatement("insert into probe (id) values (?)")) {
            s.setInt(1, 1);
            t.attempt("duplicate", s::executeUpdate);
            t.attempt("query of update", s::executeQuery);
            s.setInt(1, 901);
            t.value("usable", s::executeUpdate);
        }
    }

    private static void limits(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.setMaxRows(2);
            t.note("limit", s.getMaxRows());
            t.query("two", s, "select id from probe order by id");
            s.setMaxRows(0);
            s.setFetchSize(1);
            t.note("fetch size", s.getFetchSize());
            t.query("all", s, "select id from probe order by id");
            t.attempt("negative limit", () -> s.setMaxRows(-1));
            t.attempt("negative timeout", () -> s.setQueryTimeout(-1));
            s.setMaxFieldSize(0);
        }
        try (PreparedStatement s = c.prepareStatement("select id from probe order by id")) {
            s.setMaxRows(1);
            t.rows("one", s.executeQuery());
            s.setMaxRows(0);
            t.rows("again all", s.executeQuery());
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
                t.query("inner " + id, two, "select name from probe where id = " + id);
            }
        }
        c.commit();
        c.setAutoCommit(true);
        try (Statement one = c.createStatement();
                Statement two = c.createStatement()) {
            ResultSet outer = one.executeQuery("select id from probe order by id");
            while (outer.next()) {
                int id = outer.getInt(1);
                t.query("in autocommit " + id, two, "select name from probe where id = " + id);
            }
        }
    }

    private static void repeated(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select id, name, amount, moment from probe where id = ?")) {
            for (int i = 0; i < 12; i++) {
                s.setInt(1, 1 + i % 3);
                try (ResultSet rows = s.executeQuery()) {
                    t.rows("run " + i, rows);
                }
            }
        }
    }

    private static void escapes(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.attempt("date", () -> t.query("date", s, "select {d '2024-02-29'} as d"));
            t.attempt("time", () -> t.query("time", s, "select {t '10:20:30'} as d"));
            t.attempt(
                    "timestamp",
                    () -> t.query("timestamp", s, "select {ts '2024-02-29 10:20:30'} as d"));
            t.attempt("function", () -> t.query("function", s, "select {fn ucase('abc')} as f"));
            t.attempt("concat", () -> t.query("concat", s, "select {fn concat('a', 'b')} as f"));
            t.attempt(
                    "like",
                    () ->
                            t.query(
                                    "like",
                                    s,
                                    "select id from probe where name like 'o|%' {escape '|'}"));
            t.attempt(
                    "outer join",
                    () ->
                            t.query(
                                    "outer join",
                                    s,
                                    "select p.id from {oj probe p left outer join keyed k on p.id ="
                                            + " k.id} order by 1"));
            s.setEscapeProcessing(false);
            t.attempt("off", () -> t.query("off", s, "select {d '2024-02-29'} as d"));
        }
        String escaped = "select id from probe where due = {d '2024-02-29'} and id > ?";
        t.attempt(
                "prepared",
                () -> {
                    try (PreparedStatement s = c.prepareStatement(escaped)) {
                        s.setInt(1, 0);
                        t.rows("prepared", s.executeQuery());
                    }
                });
        t.value("native", () -> c.nativeSQL("select {d '2024-02-29'}"));
    }

    private static void questionMarks(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement(
                        "select '?' as a, 'it''s ?' as b, id /* why? */ from probe -- really?\n"
                                + " where id = ?")) {
            s.setInt(1, 2);
            t.rows("quoted", s.executeQuery());
        }
        try (Statement s = c.createStatement()) {
            t.query("plain", s, "select '?' as a /* ? */");
        }
    }

    private static void timeouts(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.setQueryTimeout(3);
            t.note("timeout", s.getQueryTimeout());
            t.query("in time", s, "select 1");
            if (!flavor.slow().isEmpty()) {
                s.setQueryTimeout(1);
                t.attempt("too slow", () -> t.query("slow", s, flavor.slow()));
                s.setQueryTimeout(0);
                t.attempt("usable", () -> t.query("usable", s, "select 1"));
            }
        }
    }

    /** Statements of the kind's own, each with every result and warning. */
    private static void own(Connection c, Transcript t, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement()) {
            int number = 0;
            for (String sql : flavor.own()) {
                String name = ++number + " " + sql.split(" ")[0];
                t.attempt(
                        name,
                        () -> {
                            boolean rows = s.execute(sql);
                            t.warnings(name + " warning", s.getWarnings());
                            results(s, t, name, rows);
                        });
                s.clearWarnings();
            }
        }
    }

    private static void results(Statement s, Transcript t, String name, boolean first)
            throws SQLException {
        boolean rows = first;
        for (int i = 1; i < 9; i++) {
            if (rows) {
                t.rows(name + " result " + i, s.getResultSet());
            } else {
                t.note(name + " count " + i, s.getUpdateCount());
                if (s.getUpdateCount() == -1) {
                    return;
                }
            }
            rows = s.getMoreResults();
        }
    }

    private static void states(Connection c, Transcript t) throws SQLException {
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery("select id, name from probe order by id");
        t.note("before first", rows.isBeforeFirst());
        t.attempt("get before next", () -> rows.getInt(1));
        rows.next();
        t.note("row", rows.getRow());
        t.note("find", rows.findColumn("NAME"));
        t.attempt("no such label", () -> rows.getInt("nothing"));
        t.attempt("no such index", () -> rows.getInt(9));
        t.note("type", rows.getType() + " " + rows.getConcurrency());
        while (rows.next()) {
            t.note("at", rows.getRow());
        }
        t.attempt("get after last", () -> rows.getInt(1));
        rows.close();
        t.note("closed", rows.isClosed());
        t.attempt("next when closed", rows::next);
        s.close();
        t.note("statement closed", s.isClosed());
        t.attempt("execute when closed", () -> s.executeQuery("select 1"));
    }
}
