package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calling MariaDB's procedures and functions. */
final class MariaCallProbes {
    private MariaCallProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("function", CallProbes::function);
        probes.put("out parameters", MariaCallProbes::out);
        probes.put("types", MariaCallProbes::types);
        probes.put("names", MariaCallProbes::names);
        probes.put("several results", MariaCallProbes::results);
        probes.put("results without out", MariaCallProbes::onlyResults);
        probes.put("wrong calls", MariaCallProbes::wrong);
        probes.put("batch", (c, t) -> CallProbes.batch(c, t, "{call note_it(?)}"));
        probes.put("parameters", MariaCallProbes::parameters);
        probes.put("not a call", CallProbes::notACall);
        return probes;
    }

    private static void out(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call several(?, ?, ?)}")) {
            s.setInt(1, 21);
            s.registerOutParameter(2, Types.INTEGER);
            s.registerOutParameter(3, Types.VARCHAR);
            s.setString(3, "c");
            t.value("execute", s::execute);
            t.value("count", s::getUpdateCount);
            CallProbes.integer(t, "b", s, 2);
            t.value("c", () -> s.getString(3));
            s.setInt(1, 1);
            t.value("update", s::executeUpdate);
            CallProbes.integer(t, "b again", s, 2);
            t.value("c again", () -> s.getObject(3));
        }
        try (CallableStatement s = c.prepareCall("CALL several(1, ?, ?)")) {
            s.registerOutParameter(1, Types.INTEGER);
            s.registerOutParameter(2, Types.VARCHAR);
            s.setString(2, "x");
            t.attempt("plain", s::execute);
            t.value("plain b", () -> s.getInt(1));
        }
    }

    private static void types(Connection c, Transcript t) throws SQLException {
        int[] types = {
            Types.SMALLINT,
            Types.BIGINT,
            Types.DOUBLE,
            Types.NUMERIC,
            Types.BOOLEAN,
            Types.VARCHAR,
            Types.BINARY,
            Types.DATE,
            Types.TIME,
            Types.TIMESTAMP,
            Types.INTEGER
        };
        String marks = "?" + ", ?".repeat(types.length - 1);
        try (CallableStatement s = c.prepareCall("{call typed(" + marks + ")}")) {
            for (int i = 0; i < types.length; i++) {
                s.registerOutParameter(i + 1, types[i]);
            }
            t.attempt("execute", s::execute);
            CallProbes.values(t, s, types);
        }
    }

    private static void names(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call several(?, ?, ?)}")) {
            s.setInt("a", 21);
            s.registerOutParameter("b", Types.INTEGER);
            s.registerOutParameter("c", Types.VARCHAR);
            s.setString("c", "named");
            t.attempt("execute", s::execute);
            t.value("b", () -> s.getInt("b"));
            t.value("b object", () -> s.getObject("b"));
            t.value("c", () -> s.getString("c"));
            t.value("C", () -> s.getString("C"));
        }
        try (CallableStatement s = c.prepareCall("{call several(?, ?, ?)}")) {
            s.setInt("a", 3);
            s.registerOutParameter(2, Types.INTEGER);
            s.registerOutParameter(3, Types.VARCHAR);
            s.setString(3, "mixed");
            t.attempt("mixed", s::execute);
            t.value("b by number", () -> s.getInt(2));
        }
    }

    private static void results(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call results(?, ?)}")) {
            s.setInt(1, 2);
            s.registerOutParameter(2, Types.INTEGER);
            boolean rows = s.execute();
            t.note("rows first", rows);
            CallProbes.results(t, s, rows);
            t.value("total", () -> s.getInt(2));
        }
        try (CallableStatement s = c.prepareCall("{call results(?, ?)}")) {
            s.setInt(1, 1);
            s.registerOutParameter(2, Types.INTEGER);
            t.attempt("query", () -> t.rows("query", s.executeQuery()));
            t.value("total after query", () -> s.getInt(2));
            t.attempt("total first", s::execute);
            t.value("total before rows", () -> s.getInt(2));
        }
    }

    private static void onlyResults(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call results(?, @total)}")) {
            s.setInt(1, 2);
            t.attempt(
                    "execute",
                    () -> {
                        boolean rows = s.execute();
                        t.note("rows first", rows);
                        CallProbes.results(t, s, rows);
                    });
        }
    }

    private static void wrong(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call fails(?)}")) {
            s.registerOutParameter(1, Types.INTEGER);
            t.attempt("fails", s::execute);
        }
        t.attempt(
                "no procedure",
                () -> {
                    try (CallableStatement s = c.prepareCall("{call no_such_procedure(?)}")) {
                        s.setInt(1, 0);
                        s.execute();
                    }
                });
        try (CallableStatement s = c.prepareCall("{call several(?, ?, ?)}")) {
            s.registerOutParameter(2, Types.INTEGER);
            s.registerOutParameter(3, Types.VARCHAR);
            t.attempt("missing value", s::execute);
        }
    }

    private static void parameters(Connection c, Transcript t) throws SQLException {
        try (CallableStatement s = c.prepareCall("{call several(?, ?, ?)}")) {
            t.attempt("parameters", () -> t.parameters("several", s.getParameterMetaData()));
        }
    }
}
