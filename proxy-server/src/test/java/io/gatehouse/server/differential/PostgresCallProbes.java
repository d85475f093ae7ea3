package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calling PostgreSQL's procedures and functions. */
final class PostgresCallProbes {
    private PostgresCallProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("function", PostgresCallProbes::function);
        probes.put("out parameters", PostgresCallProbes::out);
        probes.put("types", PostgresCallProbes::types);
        probes.put("procedure", PostgresCallProbes::procedure);
        probes.put("set returning", PostgresCallProbes::setReturning);
        probes.put("cursor", PostgresCallProbes::cursor);
        probes.put("two cursors", PostgresCallProbes::cursors);
        probes.put("cursor without transaction", PostgresCallProbes::lostCursor);
        probes.put("wrong calls", PostgresCallProbes::wrong);
        probes.put("names", PostgresCallProbes::names);
        probes.put("batch", (c, t) -> CallProbes.batch(c, t, "call note_it(?)"));
        probes.put("not a call", CallProbes::notACall);
        return probes;
    }

    private static void function(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call add_one(?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, 41);
            t.value("execute", s::execute);
            t.value("count", s::getUpdateCount);
            t.value("rows", s::getResultSet);
            t.value("more", s::getMoreResults);
            CallProbes.integer(t, "sum", s, 1);
            s.setInt(2, 1);
            t.value("update", s::executeUpdate);
            CallProbes.integer(t, "sum again", s, 1);
            t.attempt("query", s::executeQuery);
            s.setNull(2, Types.INTEGER);
            t.attempt("null", s::execute);
            t.value("of null", () -> s.getObject(1));
            t.value("int of null", () -> s.getInt(1));
            t.value("was null", s::wasNull);
        }
        try (CallableStatement s = c.prepareCall("{call add_one(?)}")) {
            s.setInt(1, 5);
            t.value("rows", s::execute);
            t.rows("as rows", s.getResultSet());
            t.attempt("as query", () -> t.rows("query", s.executeQuery()));
        }
        try (CallableStatement s = c.prepareCall("{call nothing(?)}")) {
            s.setInt(1, 5);
            t.value("void", s::execute);
            t.value("void count", s::getUpdateCount);
        }
    }

    private static void out(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call several(?, ?, ?, ?)}")) {
            t.attempt(
                    "register",
                    () -> {
                        s.registerOutParameter(2, Types.INTEGER);
                        s.registerOutParameter(3, Types.VARCHAR);
                        s.registerOutParameter(4, Types.NUMERIC, 2);
                        s.setInt(1, 21);
                        s.setBigDecimal(4, new BigDecimal("1.25"));
                        s.execute();
                        t.note("b", s.getInt(2));
                        t.note("c", s.getString(3));
                        t.note("d", s.getBigDecimal(4));
                        t.note("objects", s.getObject(2) + " " + s.getObject(4));
                    });
        }
        try (CallableStatement s = c.prepareCall("{? = call several(?, ?, ?)}")) {
            t.attempt(
                    "result first",
                    () -> {
                        s.registerOutParameter(1, Types.INTEGER);
                        s.registerOutParameter(3, Types.VARCHAR);
                        s.registerOutParameter(4, Types.NUMERIC);
                        s.setInt(2, 21);
                        s.setBigDecimal(4, BigDecimal.ONE);
                        s.execute();
                        t.note("first", s.getObject(1) + " " + s.getObject(3));
                    });
        }
    }

    private static void types(Connection c, Transcript t) throws SQLException {
        int[] types = {
            Types.SMALLINT,
            Types.BIGINT,
            Types.REAL,
            Types.DOUBLE,
            Types.NUMERIC,
            Types.BIT,
            Types.VARCHAR,
            Types.BINARY,
            Types.DATE,
            Types.TIME,
            Types.TIMESTAMP,
            Types.TIMESTAMP,
            Types.INTEGER
        };
        String marks = "?" + ", ?".repeat(types.length - 1);
        try (CallableStatement s = c.prepareCall("{call typed(" + marks + ")}")) {
            t.attempt(
                    "typed",
                    () -> {
                        for (int i = 0; i < types.length; i++) {
                            s.registerOutParameter(i + 1, types[i]);
                        }
                        s.execute();
                        CallProbes.values(t, s, types);
                    });
        }
    }

    private static void procedure(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("call double_it(?, ?)")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.registerOutParameter(2, Types.VARCHAR);
            s.setInt(1, 21);
            s.setString(2, "ab");
            t.value("execute", s::execute);
            t.value("a", () -> s.getInt(1));
            t.value("b", () -> s.getString(2));
        }
        try (CallableStatement s = c.prepareCall("call note_it(?)")) {
            s.setInt(1, 930);
            t.value("note", s::execute);
            t.value("count", s::getUpdateCount);
            s.setInt(1, 931);
            t.value("note update", s::executeUpdate);
        }
        try (CallableStatement s = c.prepareCall("call commits(?)")) {
            s.setInt(1, 932);
            t.attempt("commits", s::execute);
            c.setAutoCommit(false);
            s.setInt(1, 933);
            t.attempt("commits inside", s::execute);
            c.rollback();
            c.setAutoCommit(true);
        }
        CallProbes.noted(c, t);
    }

    private static void setReturning(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call numbers(?)}")) {
            s.setInt(1, 300);
            s.setFetchSize(7);
            t.value("execute", s::execute);
            t.rows("numbers", s.getResultSet());
            s.setMaxRows(3);
            t.attempt("three", () -> t.rows("limited", s.executeQuery()));
        }
        c.setAutoCommit(false);
        try (CallableStatement s = c.prepareCall("{call numbers(?)}")) {
            s.setInt(1, 30);
            s.setFetchSize(7);
            t.attempt("in transaction", () -> t.rows("within", s.executeQuery()));
        }
        c.commit();
        c.setAutoCommit(true);
    }

    private static void cursor(Connection c, Transcript t) throws SQLException {
        c.setAutoCommit(false);
        for (int type : new int[] {Types.OTHER, Types.REF_CURSOR}) {
            try (CallableStatement s = c.prepareCall("{? = call open_probe(?)}")) {
                s.registerOutParameter(1, type);
                s.setInt(2, 2);
                t.attempt(
                        "cursor " + type,
                        () -> {
                            s.execute();
                            ResultSet rows = (ResultSet) s.getObject(1);
                            t.metadata("cursor", rows.getMetaData());
                            t.rows("cursor", rows);
                            rows.close();
                        });
            }
        }
        try (CallableStatement s = c.prepareCall("{? = call open_probe(?)}")) {
            s.registerOutParameter(1, Types.REF_CURSOR);
            s.setInt(2, 100);
            t.attempt(
                    "empty",
                    () -> {
                        s.execute();
                        t.rows("empty", s.getObject(1, ResultSet.class));
                    });
        }
        try (Statement s = c.createStatement()) {
            t.query("alive", s, "select 1");
        }
        c.commit();
        c.setAutoCommit(true);
    }

    private static void cursors(Connection c, Transcript t) throws SQLException {
        c.setAutoCommit(false);
        try (CallableStatement s = c.prepareCall("{call two_cursors(?, ?, ?, ?)}")) {
            t.attempt(
                    "two",
                    () -> {
                        s.registerOutParameter(1, Types.REF_CURSOR);
                        s.registerOutParameter(2, Types.INTEGER);
                        s.registerOutParameter(3, Types.REF_CURSOR);
                        s.registerOutParameter(4, Types.REF_CURSOR);
                        s.execute();
                        t.rows("second", (ResultSet) s.getObject(3));
                        t.note("number", s.getInt(2));
                        t.rows("first", (ResultSet) s.getObject(1));
                        t.note("none", s.getObject(4));
                    });
        }
        c.commit();
        c.setAutoCommit(true);
    }

    private static void lostCursor(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call open_probe(?)}")) {
            s.registerOutParameter(1, Types.REF_CURSOR);
            s.setInt(2, 2);
            t.attempt("execute", s::execute);
        }
    }

    private static void wrong(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call fails(?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, 1);
            t.attempt("fails", s::execute);
            t.attempt("value then", () -> s.getInt(1));
        }
        try (CallableStatement s = c.prepareCall("{? = call add_one(?)}")) {
            s.registerOutParameter(1, Types.VARCHAR);
            s.setInt(2, 1);
            t.attempt("other type", s::execute);
        }
        try (CallableStatement s = c.prepareCall("{? = call add_one(?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            t.attempt("missing value", s::execute);
        }
        try (CallableStatement s = c.prepareCall("{? = call add_one(?)}")) {
            s.setInt(2, 1);
            t.attempt("not registered", s::execute);
        }
        try (CallableStatement s = c.prepareCall("{? = call numbers(?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, 0);
            t.attempt("no row", s::execute);
        }
        try (CallableStatement s = c.prepareCall("{? = call no_such_function(?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, 0);
            t.attempt("no function", s::execute);
        }
        t.attempt(
                "malformed",
                () -> {
                    try (PreparedStatement s = c.prepareCall("{? = call add_one(?)")) {
                        s.execute();
                    }
                });
    }

    private static void names(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{? = call add_one(?)}")) {
            t.attempt("register", () -> s.registerOutParameter("a", Types.INTEGER));
            t.attempt("set", () -> s.setInt("a", 1));
            t.attempt("set object", () -> s.setObject("a", 1));
            s.registerOutParameter(1, Types.INTEGER);
            s.setInt(2, 1);
            s.execute();
            t.attempt("get", () -> s.getInt("a"));
            t.attempt("get object", () -> s.getObject("a"));
        }
    }
}
