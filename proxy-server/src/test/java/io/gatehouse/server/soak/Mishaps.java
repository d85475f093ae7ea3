package io.gatehouse.server.soak;

import io.gatehouse.server.soak.Books.Fate;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Statements that fail, are cancelled or take too long. */
final class Mishaps {
    private Mishaps() {}

    @FunctionalInterface
    interface Work {
        void go() throws SQLException;
    }

    /** Work that must fail just so; a lost connection is passed on. */
    static void fails(Visit v, String state, Work work) throws SQLException {
        try {
            work.go();
        } catch (SQLException e) {
            if (state.equals(e.getSQLState())) {
                return;
            }
            throw e;
        }
        throw new AssertionError("should have failed with " + state);
    }

    /** A statement that the database refuses. */
    static void fail(Visit v) throws SQLException {
        switch (v.random.nextInt(4)) {
            case 0 -> fails(v, "22012", () -> v.ask("select 1 / 0"));
            case 1 -> fails(v, "23505", () -> v.update("insert into taken values (1)"));
            case 2 -> fails(v, "42P01", () -> v.ask("select * from no_such_table"));
            default -> fails(v, "22P02", () -> v.ask("select 'x'::int"));
        }
    }

    /** Cancels its own statement, at a moment that may be before, in or after it. */
    static void cancel(Visit v) throws SQLException {
        boolean write = v.oneIn(2);
        long id = v.books.newId();
        String sql =
                write
                        ? "with w as (insert into ledger values ("
                                + id
                                + ", "
                                + v.client
                                + ")) select pg_sleep("
                                + seconds(v)
                                + ")"
                        : "select pg_sleep(" + seconds(v) + ")";
        Fate fate = Fate.UNKNOWN;
        SQLException told = null;
        v.note("cancelled: " + sql);
        try (Statement s = v.connection.createStatement()) {
            Thread canceller = cancelSoon(v, s, v.random.nextInt(8));
            try {
                s.execute(sql);
                fate = Fate.DONE;
            } catch (SQLException e) {
                told = e;
                fate = Losses.fate(e);
                if (!"57014".equals(e.getSQLState())) {
                    throw e;
                }
            } finally {
                if (write) {
                    v.settle(id, fate, "cancelled change in autocommit", told);
                }
                join(canceller);
            }
        }
    }

    private static String seconds(Visit v) {
        return v.oneIn(8) ? "2" : "0.00" + v.random.nextInt(10);
    }

    private static Thread cancelSoon(Visit v, Statement s, int millis) {
        return Thread.ofVirtual()
                .start(() -> {
                    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
                    try {
                        s.cancel();
                    } catch (SQLException e) {
                        // A cable that is cut breaks this too; the statement tells.
                        v.note("the cancel failed: " + e.getMessage());
                    }
                });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hits a time limit: the database's own, or the driver's. */
    static void timeout(Visit v) throws SQLException {
        if (v.oneIn(6)) {
            try (Statement s = v.connection.createStatement()) {
                s.setQueryTimeout(1);
                v.note("query timeout");
                fails(v, "57014", () -> s.execute("select pg_sleep(20)"));
            }
            return;
        }
        v.connection.setAutoCommit(false);
        v.run("set local statement_timeout = '30ms'");
        fails(v, "57014", () -> v.ask("select pg_sleep(20)"));
        v.connection.rollback();
        v.connection.setAutoCommit(true);
    }
}
