package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;

/** What few applications use: structures, references, row ids, XML, type maps, shards, requests. */
final class RareProbes {
    private static final String XML = "<a b=\"1\">t\u00fc</a>";

    private RareProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("structures", RareProbes::structures);
        probes.put("references and row ids", RareProbes::references);
        probes.put("type maps", RareProbes::maps);
        probes.put("xml", RareProbes::xml);
        probes.put("requests", RareProbes::requests);
        probes.put("shards", RareProbes::shards);
        probes.put("client info of all kinds", RareProbes::info);
        return probes;
    }

    private static String product(Connection c) throws SQLException {
        return c.getMetaData().getDatabaseProductName();
    }

    private static void structures(Connection c, Transcript t) throws SQLException {
        t.exact("made", () -> c.createStruct("pair", new Object[] {1, "a"}));
        t.exact("made of nothing", () -> c.createStruct(null, null));
        String sql =
                switch (product(c)) {
                    case "PostgreSQL" -> "select row(1, 'a b', null)";
                    case "H2" -> "select row(1, 'a b', null)";
                    default -> "";
                };
        try (PreparedStatement s = c.prepareStatement("select id from probe where id = ?")) {
            t.exact("null", () -> set(s, () -> s.setNull(1, Types.STRUCT)));
            t.exact("null by name", () -> set(s, () -> s.setNull(1, Types.STRUCT, "pair")));
            t.exact("object", () -> set(s, () -> s.setObject(1, 1, Types.STRUCT)));
            t.exact("type", () -> set(s, () -> s.setObject(1, 1, JDBCType.STRUCT)));
        }
        if (sql.isEmpty()) {
            return;
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            rows.next();
            t.exact("type", () -> rows.getMetaData().getColumnType(1));
            t.exact("type name", () -> rows.getMetaData().getColumnTypeName(1));
            t.exact("class", () -> rows.getMetaData().getColumnClassName(1));
            t.exact("text", () -> rows.getString(1));
            t.exact("row", () -> rows.getObject(1).getClass().getSimpleName());
            t.exact("by map", () -> rows.getObject(1, Map.of("pair", Object.class)));
            t.exact("array", () -> rows.getArray(1));
        }
    }

    private static Object set(PreparedStatement s, Transcript.Step step) throws SQLException {
        step.run();
        try (ResultSet rows = s.executeQuery()) {
            return rows.next();
        }
    }

    private static void references(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select id from probe where id = ?");
                Statement plain = c.createStatement();
                ResultSet rows = plain.executeQuery("select id, name from probe where id = 1")) {
            rows.next();
            t.exact("ref", () -> rows.getRef(1));
            t.exact("ref by label", () -> rows.getRef("id"));
            t.exact("row id", () -> rows.getRowId(1));
            t.exact("row id by label", () -> rows.getRowId("id"));
            t.exact("ref class", () -> rows.getObject(1, java.sql.Ref.class));
            t.exact("row id class", () -> rows.getObject(1, RowId.class));
            t.exact("set ref", () -> set(s, () -> s.setRef(1, null)));
            t.exact("set row id", () -> set(s, () -> s.setRowId(1, null)));
            t.exact("ref of object", () -> set(s, () -> s.setObject(1, 1, Types.REF)));
            t.exact("row id of object", () -> set(s, () -> s.setObject(1, 1, Types.ROWID)));
            t.exact("link", () -> set(s, () -> s.setObject(1, 1, Types.DATALINK)));
            t.exact("null ref", () -> set(s, () -> s.setNull(1, Types.REF)));
            t.exact("null row id", () -> set(s, () -> s.setNull(1, Types.ROWID)));
            t.exact("null link", () -> set(s, () -> s.setNull(1, Types.DATALINK)));
            t.exact("lifetime", () -> c.getMetaData().getRowIdLifetime());
        }
    }

    private static void maps(Connection c, Transcript t) throws SQLException {
        Map<String, Class<?>> map = Map.of("integer", Long.class, "int4", Long.class);
        t.exact("before", () -> types(c));
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select id, name from probe where id = 1")) {
            rows.next();
            t.exact("none", () -> rows.getObject(1, (Map<String, Class<?>>) null));
            t.exact("empty", () -> rows.getObject(1, Map.of()));
            t.exact("map", () -> rows.getObject(1, map));
            t.exact("label and none", () -> rows.getObject("name", (Map<String, Class<?>>) null));
            t.exact("label and empty", () -> rows.getObject("name", Map.of()));
            t.exact("label and map", () -> rows.getObject("name", map));
            t.exact("no such column", () -> rows.getObject(9, Map.of()));
        }
        t.exact("set", () -> done(() -> c.setTypeMap(map)));
        t.exact("then", () -> types(c));
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select id from probe where id = 1")) {
            rows.next();
            t.exact("by the connection's", () -> rows.getObject(1));
        }
        t.exact("set empty", () -> done(() -> c.setTypeMap(Map.of())));
        t.exact("set null", () -> done(() -> c.setTypeMap(null)));
        t.exact("at last", () -> types(c));
    }

    private static Object types(Connection c) throws SQLException {
        Map<String, Class<?>> map = c.getTypeMap();
        return map == null ? null : new TreeMap<>(map).toString();
    }

    private static Object done(Transcript.Step step) throws SQLException {
        step.run();
        return "done";
    }

    private static void xml(Connection c, Transcript t) throws SQLException {
        if (!product(c).equals("PostgreSQL")) {
            return;
        }
        t.exact("set string", () -> echo(c, xml -> xml.setString(XML)));
        t.exact(
                "set stream",
                () ->
                        echo(
                                c,
                                xml -> {
                                    try (var out = xml.setBinaryStream()) {
                                        out.write(XML.getBytes(StandardCharsets.UTF_8));
                                    }
                                }));
        t.exact(
                "set writer",
                () ->
                        echo(
                                c,
                                xml -> {
                                    try (Writer out = xml.setCharacterStream()) {
                                        out.write(XML);
                                    }
                                }));
        t.exact("nothing set", () -> echo(c, xml -> {}));
        t.exact("malformed", () -> echo(c, xml -> xml.setString("<a>")));
        try (PreparedStatement s = c.prepareStatement("select ?::xml")) {
            t.exact("null", () -> text(s, () -> s.setSQLXML(1, null)));
            t.exact("typed null", () -> text(s, () -> s.setNull(1, Types.SQLXML)));
            t.exact("typed text", () -> text(s, () -> s.setObject(1, XML, Types.SQLXML)));
            t.exact("as object", () -> text(s, () -> s.setObject(1, made(c))));
        }
        read(c, t);
    }

    private static SQLXML made(Connection c) throws SQLException {
        SQLXML xml = c.createSQLXML();
        xml.setString(XML);
        return xml;
    }

    private static void read(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select '" + XML + "'::xml, null::xml, 1")) {
            rows.next();
            t.exact("type", () -> rows.getMetaData().getColumnType(1));
            t.exact("class", () -> rows.getMetaData().getColumnClassName(1));
            t.exact("text", () -> rows.getString(1));
            t.exact("object", () -> ((SQLXML) rows.getObject(1)).getString());
            t.exact("by class", () -> rows.getObject(1, SQLXML.class).getString());
            t.exact("string", () -> rows.getSQLXML(1).getString());
            t.exact("stream", () -> text(rows.getSQLXML(1).getBinaryStream()));
            t.exact("reader", () -> text(rows.getSQLXML(1).getCharacterStream()));
            t.exact(
                    "source",
                    () -> rows.getSQLXML(1).getSource(DOMSource.class).getNode().getNodeName());
            t.exact(
                    "other source",
                    () -> text(rows.getSQLXML(1).getSource(StreamSource.class).getReader()));
            t.exact("null", () -> rows.getSQLXML(2));
            t.exact("of a number", () -> rows.getSQLXML(3).getString());
            SQLXML freed = rows.getSQLXML(1);
            freed.free();
            t.exact("freed", freed::getString);
            t.exact("changed", () -> done(() -> rows.getSQLXML(1).setString("<b/>")));
        }
    }

    private interface Filling {
        void of(SQLXML xml) throws Exception;
    }

    private static String echo(Connection c, Filling filling) throws SQLException {
        SQLXML xml = c.createSQLXML();
        try {
            filling.of(xml);
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        try (PreparedStatement s = c.prepareStatement("select ?::xml")) {
            return text(s, () -> s.setSQLXML(1, xml));
        }
    }

    private static String text(PreparedStatement s, Transcript.Step step) throws SQLException {
        step.run();
        try (ResultSet rows = s.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Reader in) {
        try (in) {
            return in.readAllAsString();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void requests(Connection c, Transcript t) throws SQLException {
        t.exact("begin", () -> done(c::beginRequest));
        t.exact("begin again", () -> done(c::beginRequest));
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            t.query("within", s, "select 1");
            t.exact("end within", () -> done(c::endRequest));
            t.query("after", s, "select 2");
        }
        t.exact("autocommit", c::getAutoCommit);
        t.exact("commit", () -> done(c::commit));
        c.setAutoCommit(true);
        t.exact("end again", () -> done(c::endRequest));
    }

    private static void shards(Connection c, Transcript t) {
        ShardingKey key = new ShardingKey() {};
        t.exact("key", () -> done(() -> c.setShardingKey(key)));
        t.exact("no key", () -> done(() -> c.setShardingKey(null)));
        t.exact("two keys", () -> done(() -> c.setShardingKey(key, key)));
        t.exact("if valid", () -> c.setShardingKeyIfValid(key, 1));
        t.exact("two if valid", () -> c.setShardingKeyIfValid(key, key, 1));
        t.exact("shards", () -> c.getMetaData().supportsSharding());
        t.exact("connection", () -> c.getMetaData().getConnection().equals(c));
    }

    private static void info(Connection c, Transcript t) throws SQLException {
        t.exact("set user", () -> done(() -> c.setClientInfo("ClientUser", "u")));
        t.exact("user", () -> c.getClientInfo("ClientUser"));
        t.exact("set host", () -> done(() -> c.setClientInfo("ClientHostname", "h")));
        t.exact("set unknown", () -> done(() -> c.setClientInfo("no such", "x")));
        t.exact("unknown", () -> c.getClientInfo("no such"));
        t.exact("null name", () -> done(() -> c.setClientInfo(null, "x")));
        t.exact("null value", () -> done(() -> c.setClientInfo("ApplicationName", null)));
        Properties some = new Properties();
        some.setProperty("ClientUser", "v");
        t.exact("set some", () -> done(() -> c.setClientInfo(some)));
        t.exact("user then", () -> c.getClientInfo("ClientUser"));
        t.exact(
                "properties",
                () -> {
                    try (ResultSet rows = c.getMetaData().getClientInfoProperties()) {
                        t.rows("property", rows);
                    }
                    return "told";
                });
        try (PreparedStatement s = c.prepareStatement("select id from probe where id = ?")) {
            InputStream one = new ByteArrayInputStream(new byte[] {'1'});
            t.exact("stream for a number", () -> set(s, () -> s.setAsciiStream(1, one)));
            t.exact("reader", () -> set(s, () -> s.setCharacterStream(1, new StringReader("1"))));
        }
    }
}
