package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The rarer abilities of connections and statements. */
final class AbilityProbes {
    private AbilityProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("keys by number", AbilityProbes::keysByNumber);
        probes.put("large counts", AbilityProbes::large);
        probes.put("close on completion", AbilityProbes::closeOnCompletion);
        probes.put("results kept open", AbilityProbes::keptOpen);
        probes.put("client info", AbilityProbes::clientInfo);
        probes.put("life of a connection", AbilityProbes::life);
        probes.put("objects made by a connection", AbilityProbes::made);
        probes.put("texts and bytes made", AbilityProbes::lobs);
        probes.put("wrappers", AbilityProbes::wrappers);
        probes.put("positioned changes", AbilityProbes::positioned);
        probes.put("names and literals", AbilityProbes::names);
        return probes;
    }

    private static void keysByNumber(Connection c, Transcript t) {
        String insert = "insert into keyed (name) values ('n')";
        t.attempt(
                "text",
                () -> {
                    try (Statement s = c.createStatement()) {
                        t.note("inserted", s.executeUpdate(insert, new int[] {1}));
                        keys(t, "text", s);
                    }
                });
        t.attempt(
                "prepared",
                () -> {
                    try (PreparedStatement s = c.prepareStatement(insert, new int[] {1})) {
                        t.note("inserted again", s.executeUpdate());
                        keys(t, "prepared", s);
                    }
                });
    }

    private static void keys(Transcript t, String what, Statement s) throws SQLException {
        try (ResultSet keys = s.getGeneratedKeys()) {
            t.note(what + " columns", keys.getMetaData().getColumnCount());
            t.note(what + " some", keys.next() && keys.getLong(1) > 0);
        }
    }

    private static void large(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.value(
                    "insert",
                    () -> s.executeLargeUpdate("insert into probe (id, name) values (901, 'l')"));
            t.attempt("add", () -> s.addBatch("update probe set name = 'm' where id = 901"));
            t.value("batch", s::executeLargeBatch);
            t.attempt("limit", () -> s.setLargeMaxRows(2));
            t.value("limit then", s::getLargeMaxRows);
            t.query("limited", s, "select id from probe order by id");
        }
        try (PreparedStatement s = c.prepareStatement("delete from probe where id = ?")) {
            s.setInt(1, 901);
            t.value("delete", s::executeLargeUpdate);
            t.value("count", s::getLargeUpdateCount);
        }
    }

    private static void closeOnCompletion(Connection c, Transcript t) throws SQLException {
        Statement s = c.createStatement();
        t.value("before", s::isCloseOnCompletion);
        t.attempt("set", s::closeOnCompletion);
        t.value("then", s::isCloseOnCompletion);
        ResultSet rows = s.executeQuery("select id from probe order by id");
        rows.next();
        t.value("open", s::isClosed);
        rows.close();
        t.value("closed", s::isClosed);
        s.close();
    }

    private static void keptOpen(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            t.note("rows", s.execute("select id from probe order by id"));
            ResultSet rows = s.getResultSet();
            t.value("first", rows::next);
            t.attempt("nonsense", () -> s.getMoreResults(9));
            t.value("more", () -> s.getMoreResults(Statement.CLOSE_CURRENT_RESULT));
            t.value("closed", rows::isClosed);
            t.note("rows again", s.execute("select id from probe order by id"));
            ResultSet kept = s.getResultSet();
            t.value("kept more", () -> s.getMoreResults(Statement.KEEP_CURRENT_RESULT));
            t.value("kept closed", kept::isClosed);
            t.value("kept first", kept::next);
            t.value("kept id", () -> kept.getInt(1));
        }
        t.value("several", c.getMetaData()::supportsMultipleOpenResults);
    }

    private static void clientInfo(Connection c, Transcript t) {
        t.attempt("set", () -> c.setClientInfo("ApplicationName", "probe"));
        t.value("then", () -> c.getClientInfo("ApplicationName"));
        t.value("unknown", () -> c.getClientInfo("NoSuchThing"));
        Properties all = new Properties();
        all.setProperty("ApplicationName", "again");
        t.attempt("set all", () -> c.setClientInfo(all));
        t.value("then again", () -> c.getClientInfo("ApplicationName"));
        t.attempt("usable", () -> c.createStatement().close());
    }

    private static void life(Connection c, Transcript t) throws SQLException {
        t.value("valid", () -> c.isValid(5));
        t.attempt("timeout", () -> c.setNetworkTimeout(Runnable::run, 5000));
        t.value("timeout then", c::getNetworkTimeout);
        t.attempt("negative timeout", () -> c.setNetworkTimeout(Runnable::run, -1));
        t.attempt("begin", c::beginRequest);
        try (Statement s = c.createStatement()) {
            t.query("query", s, "select 1");
        }
        t.attempt("end", c::endRequest);
        t.attempt("sharding", () -> c.setShardingKey(null));
        t.value("sharding if valid", () -> c.setShardingKeyIfValid(null, 1));
        t.value("types", () -> c.getTypeMap().isEmpty());
        t.attempt("abort without", () -> c.abort(null));
        if (!c.getMetaData().getIdentifierQuoteString().equals("`")) {
            // MySQL's driver takes a negative time for the end, and cannot close what was aborted.
            t.attempt("negative", () -> c.isValid(-1));
            t.attempt("abort", () -> c.abort(Runnable::run));
            t.value("closed", c::isClosed);
            t.value("valid then", () -> c.isValid(1));
            t.attempt("abort again", () -> c.abort(Runnable::run));
        }
    }

    private static void made(Connection c, Transcript t) {
        t.attempt("struct", () -> c.createStruct("pair", new Object[] {1, 2}));
        t.attempt("blob", () -> c.createBlob().free());
        t.attempt("clob", () -> c.createClob().free());
        t.attempt("nclob", () -> c.createNClob().free());
        t.attempt("xml", () -> c.createSQLXML().free());
        t.attempt(
                "row id",
                () -> {
                    try (Statement s = c.createStatement();
                            ResultSet rows = s.executeQuery("select id from probe where id = 1")) {
                        rows.next();
                        rows.getRowId(1);
                    }
                });
        t.attempt(
                "ref",
                () -> {
                    try (Statement s = c.createStatement();
                            ResultSet rows = s.executeQuery("select id from probe where id = 1")) {
                        rows.next();
                        rows.getRef(1);
                    }
                });
        t.value("row ids", () -> c.getMetaData().getRowIdLifetime());
    }

    private static void lobs(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("insert into probe (id, name) values (?, ?)")) {
            t.attempt(
                    "clob",
                    () -> {
                        Clob clob = c.createClob();
                        clob.setString(1, "made clob");
                        clob.setString(6, "text");
                        try (Writer end = clob.setCharacterStream(clob.length() + 1)) {
                            end.write("!");
                        } catch (java.io.IOException e) {
                            throw new SQLException(e);
                        }
                        s.setInt(1, 901);
                        s.setClob(2, clob);
                        s.executeUpdate();
                    });
            t.attempt(
                    "xml",
                    () -> {
                        SQLXML xml = c.createSQLXML();
                        xml.setString("<a>1</a>");
                        t.note("xml text", xml.getString());
                    });
            t.attempt(
                    "blob",
                    () -> {
                        Blob blob = c.createBlob();
                        blob.setBytes(1, "bytes".getBytes(StandardCharsets.UTF_8));
                        t.note("length", blob.length());
                        blob.truncate(3);
                        t.note("bytes", blob.getBytes(1, 9));
                    });
        }
        try (Statement s = c.createStatement()) {
            t.query("table", s, "select id, name from probe where id > 900 order by id");
        }
    }

    private static void wrappers(Connection c, Transcript t) throws SQLException {
        t.value("connection", () -> c.isWrapperFor(Connection.class));
        t.value("not", () -> c.isWrapperFor(String.class));
        t.attempt("unwrap", () -> c.unwrap(Connection.class));
        try (Statement s = c.createStatement()) {
            t.value("statement", () -> s.isWrapperFor(Statement.class));
        }
    }

    /** Where the database has cursors in SQL. */
    private static void positioned(Connection c, Transcript t) throws SQLException {
        if (!c.getMetaData().supportsPositionedUpdate()
                && !c.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return;
        }
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            t.attempt(
                    "declare",
                    () ->
                            s.execute(
                                    "declare here cursor for"
                                            + " select id from probe where id = 1 for update"));
            t.query("fetch", s, "fetch here");
            t.value(
                    "update",
                    () -> s.executeUpdate("update probe set name = 'here' where current of here"));
            t.query("changed", s, "select name from probe where id = 1");
            t.value("delete", () -> s.executeUpdate("delete from probe where current of here"));
        }
        c.rollback();
        c.setAutoCommit(true);
    }

    private static void names(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String name : List.of("plain", "PLAIN", "with space", "9lives", "q`u\"ote")) {
                t.value(name + " simple", () -> s.isSimpleIdentifier(name));
                t.value(name + " quoted", () -> s.enquoteIdentifier(name, true));
                t.value(name + " as needed", () -> s.enquoteIdentifier(name, false));
            }
            t.value("literal", () -> s.enquoteLiteral("it's"));
            t.value("national", () -> s.enquoteNCharLiteral("it's"));
        }
    }
}
