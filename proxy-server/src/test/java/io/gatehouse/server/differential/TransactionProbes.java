package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Transactions and the state of a connection. */
final class TransactionProbes {
    private TransactionProbes() {}

    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("transactions", TransactionProbes::transactions);
        probes.put("in autocommit", TransactionProbes::inAutocommit);
        probes.put("savepoints", TransactionProbes::savepoints);
        probes.put("errors in a transaction", TransactionProbes::errorsInTransaction);
        probes.put("isolation", TransactionProbes::isolation);
        probes.put("read only", TransactionProbes::readOnly);
        probes.put("schema and catalog", (c, t) -> places(c, t, flavor));
        probes.put("closed", TransactionProbes::closed);
        return probes;
    }

    private static void transactions(Connection c, Transcript t) throws SQLException {
        t.note("autocommit", c.getAutoCommit());
        c.setAutoCommit(false);
        t.attempt("commit of nothing", c::commit);
        t.attempt("rollback of nothing", c::rollback);
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
            s.executeUpdate("insert into probe (id, name) values (904, 'd')");
            c.setAutoCommit(true);
            t.note("committed by autocommit", count(s));
        }
    }

    private static void inAutocommit(Connection c, Transcript t) {
        t.attempt("commit", c::commit);
        t.attempt("rollback", c::rollback);
        t.attempt("savepoint", c::setSavepoint);
        t.attempt("autocommit again", () -> c.setAutoCommit(true));
    }

    private static void savepoints(Connection c, Transcript t) throws SQLException {
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            Savepoint unnamed = c.setSavepoint();
            t.attempt("id", unnamed::getSavepointId);
            t.attempt("name of unnamed", unnamed::getSavepointName);
            s.executeUpdate("insert into probe (id, name) values (901, 'a')");
            Savepoint named = c.setSavepoint("b point");
            t.note("name", named.getSavepointName());
            t.attempt("id of named", named::getSavepointId);
            s.executeUpdate("insert into probe (id, name) values (902, 'b')");
            c.releaseSavepoint(named);
            t.attempt("rollback to released", () -> c.rollback(named));
            t.attempt("goes on", () -> t.note("rows", count(s)));
            t.attempt("rollback to unnamed", () -> c.rollback(unnamed));
            t.attempt("goes on again", () -> t.note("rows", count(s)));
        }
        c.rollback();
        c.setAutoCommit(true);
    }

    private static long count(Statement s) throws SQLException {
        try (ResultSet rows = s.executeQuery("select count(*) from probe where id > 900")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void errorsInTransaction(Connection c, Transcript t) throws SQLException {
        c.setAutoCommit(false);
        try (Statement s = c.createStatement()) {
            s.executeUpdate("insert into probe (id, name) values (901, 'a')");
            t.attempt(
                    "duplicate",
                    () -> s.executeUpdate("insert into probe (id, name) values (901, 'b')"));
            t.attempt("then", () -> t.query("then", s, "select 1"));
            t.attempt("commit", c::commit);
            t.attempt("fresh", () -> t.note("rows", count(s)));
            c.rollback();
        }
        c.setAutoCommit(true);
    }

    private static void isolation(Connection c, Transcript t) throws SQLException {
        t.note("default", c.getTransactionIsolation());
        for (int level :
                new int[] {
                    Connection.TRANSACTION_READ_UNCOMMITTED,
                    Connection.TRANSACTION_READ_COMMITTED,
                    Connection.TRANSACTION_REPEATABLE_READ,
                    Connection.TRANSACTION_SERIALIZABLE
                }) {
            t.attempt("set " + level, () -> c.setTransactionIsolation(level));
            t.note("got " + level, c.getTransactionIsolation());
        }
        t.attempt("set none", () -> c.setTransactionIsolation(Connection.TRANSACTION_NONE));
        t.attempt("set nonsense", () -> c.setTransactionIsolation(77));
        t.note("supports", c.getMetaData().supportsTransactionIsolationLevel(4));
        try (Statement s = c.createStatement()) {
            t.query("still works", s, "select 1");
        }
    }

    private static void readOnly(Connection c, Transcript t) throws SQLException {
        t.note("default", c.isReadOnly());
        t.attempt("set", () -> c.setReadOnly(true));
        t.note("is", c.isReadOnly());
        try (Statement s = c.createStatement()) {
            t.attempt("read", () -> t.note("rows", count(s)));
            t.attempt("write", () -> s.executeUpdate("insert into probe (id) values (905)"));
            c.setAutoCommit(false);
            t.attempt(
                    "write in a transaction",
                    () -> s.executeUpdate("insert into probe (id) values (906)"));
            t.attempt("set inside", () -> c.setReadOnly(false));
            c.rollback();
            c.setAutoCommit(true);
            t.attempt("back", () -> c.setReadOnly(false));
            t.attempt("write now", () -> s.executeUpdate("insert into probe (id) values (907)"));
            t.note("rows", count(s));
        }
    }

    private static void places(Connection c, Transcript t, Flavor flavor) throws SQLException {
        t.note("catalog", c.getCatalog());
        t.note("schema", c.getSchema());
        if (flavor.schemas()) {
            try (Statement s = c.createStatement()) {
                s.execute("create schema if not exists OTHER_PLACE");
            }
            String other =
                    c.getMetaData().storesUpperCaseIdentifiers() ? "OTHER_PLACE" : "other_place";
            t.attempt("set schema", () -> c.setSchema(other));
            t.note("now", c.getSchema());
            try (Statement s = c.createStatement()) {
                t.attempt("elsewhere", () -> s.executeQuery("select * from probe"));
            }
            t.attempt(
                    "no such schema",
                    () -> {
                        c.setSchema("nowhere_at_all");
                        try (Statement s = c.createStatement()) {
                            s.executeQuery("select 1");
                        }
                    });
            c.setSchema(other);
        } else {
            t.attempt("set schema", () -> c.setSchema("anything"));
            t.note("schema then", c.getSchema());
        }
        t.attempt("set catalog", () -> c.setCatalog(c.getCatalog()));
        t.note("catalog then", c.getCatalog());
    }

    private static void closed(Connection c, Transcript t) throws SQLException {
        t.note("valid", c.isValid(1));
        Statement s = c.createStatement();
        c.close();
        t.note("closed", c.isClosed());
        t.value("valid then", () -> c.isValid(1));
        t.attempt("statement", c::createStatement);
        t.attempt("commit", c::commit);
        t.attempt("autocommit", c::getAutoCommit);
        t.attempt("execute", () -> s.executeQuery("select 1"));
        t.attempt("close again", c::close);
    }
}
