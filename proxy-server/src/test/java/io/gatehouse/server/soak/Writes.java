package io.gatehouse.server.soak;

import io.gatehouse.server.soak.Books.Fate;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes whose fate is kept in the books. */
final class Writes {
    private static final String SINGLE = "insert in autocommit";
    private static final String INSERT = "insert into ledger values (?, ?)";

    private Writes() {}

    /** One row in autocommit. */
    static void single(Visit v) throws SQLException {
        long id = v.books.newId();
        v.settle(id, Fate.UNKNOWN, SINGLE, null);
        try {
            insert(v, id);
            v.settle(id, Fate.DONE, SINGLE, null);
        } catch (SQLException e) {
            v.settle(id, Losses.fate(e), SINGLE, e);
            throw e;
        }
    }

    static void counter(Visit v) throws SQLException {
        int k = v.random.nextInt(Books.COUNTERS);
        Fate fate = Fate.UNKNOWN;
        try {
            int rows = v.update("update counters set n = n + 1 where k = " + k);
            v.must(rows == 1, "rows updated: " + rows);
            fate = Fate.DONE;
        } catch (SQLException e) {
            fate = Losses.fate(e);
            throw e;
        } finally {
            v.books.counted(k, fate);
        }
    }

    /** Rows, a counter under a lock, savepoints, errors, and one of several ends. */
    static void transaction(Visit v) throws SQLException {
        List<Long> kept = new ArrayList<>();
        List<Long> dropped = new ArrayList<>();
        int k = v.random.nextInt(Books.COUNTERS);
        boolean counts = v.oneIn(2);
        Fate fate = Fate.UNDONE;
        SQLException told = null;
        try {
            v.connection.setAutoCommit(false);
            insert(v, fresh(v, kept));
            if (v.oneIn(3)) {
                savepoint(v, kept, dropped);
            }
            if (counts) {
                countUnderLock(v, k);
            }
            if (v.oneIn(8)) {
                v.pause(10);
            }
            fate = end(v);
        } catch (SQLException e) {
            told = e;
            if (Losses.inCommit(e)) {
                fate = Fate.UNKNOWN;
            }
            throw e;
        } finally {
            v.settle(kept, fate, "insert in a transaction", told);
            v.settle(dropped, Fate.UNDONE, "insert behind a savepoint", told);
            if (counts) {
                v.books.counted(k, fate);
            }
        }
        v.connection.setAutoCommit(true);
    }

    private static void countUnderLock(Visit v, int k) throws SQLException {
        String n = v.ask("select n from counters where k = " + k + " for update");
        v.update("update counters set n = " + n + " + 1 where k = " + k);
    }

    private static void savepoint(Visit v, List<Long> kept, List<Long> dropped)
            throws SQLException {
        Savepoint here = v.connection.setSavepoint();
        boolean back = v.oneIn(2);
        insert(v, fresh(v, back ? dropped : kept));
        if (back && v.oneIn(2)) {
            Mishaps.fail(v);
        }
        if (back) {
            v.note("rollback to savepoint");
            v.connection.rollback(here);
        } else {
            v.connection.releaseSavepoint(here);
        }
    }

    private static Fate end(Visit v) throws SQLException {
        switch (v.random.nextInt(8)) {
            case 0, 1 -> {
                v.note("rollback");
                v.connection.rollback();
                return Fate.UNDONE;
            }
            case 2 -> {
                Mishaps.fail(v);
                Mishaps.fails(v, "25P02", () -> v.run("select 1"));
                commitFailed(v);
                return Fate.UNDONE;
            }
            default -> {
                commit(v);
                return Fate.DONE;
            }
        }
    }

    private static void commit(Visit v) throws SQLException {
        v.note("commit");
        try {
            v.connection.commit();
        } catch (SQLException e) {
            throw Losses.committing(e);
        }
    }

    /** A failed transaction that is committed is rolled back; drivers may say so with an error. */
    private static void commitFailed(Visit v) throws SQLException {
        v.note("commit of a failed transaction");
        try {
            v.connection.commit();
        } catch (SQLException e) {
            // 40000: its connection to the database was lost meanwhile, and it with it.
            if (!Set.of("25P02", "40000").contains(Losses.stateOf(e))) {
                throw e;
            }
            v.connection.rollback();
        }
    }

    /**
     * Money from one account to another, both locked first, now and then in the wrong order. Of two
     * that lock each other out PostgreSQL ends the one that finds it first, and that may be either.
     */
    static void transfer(Visit v) throws SQLException {
        int from = v.random.nextInt(Books.ACCOUNTS);
        int to = (from + 1 + v.random.nextInt(Books.ACCOUNTS - 1)) % Books.ACCOUNTS;
        int first = v.oneIn(4) ? from : Math.min(from, to);
        int second = first == from ? to : from;
        v.connection.setAutoCommit(false);
        try {
            v.ask("select balance from accounts where id = " + first + " for update");
            v.ask("select balance from accounts where id = " + second + " for update");
            v.update("update accounts set balance = balance - 7 where id = " + from);
            if (v.oneIn(10)) {
                Mishaps.fail(v);
                v.connection.rollback();
            } else {
                v.update("update accounts set balance = balance + 7 where id = " + to);
                commit(v);
            }
        } catch (SQLException e) {
            if (!"40P01".equals(e.getSQLState())) {
                throw e;
            }
            v.note("deadlock: rollback");
            v.connection.rollback();
        }
        v.connection.setAutoCommit(true);
    }

    /** Many rows at once; now and then one of them fails. */
    static void batch(Visit v) throws SQLException {
        List<Long> ids = new ArrayList<>();
        boolean bad = v.oneIn(4);
        Fate fate = Fate.UNDONE;
        SQLException told = null;
        v.connection.setAutoCommit(false);
        v.note("batch");
        try (PreparedStatement s =
                v.connection.prepareStatement("insert into ledger values (?, 100 / ?)")) {
            int rows = 1 + v.random.nextInt(40);
            int worst = v.random.nextInt(rows);
            for (int i = 0; i < rows; i++) {
                s.setLong(1, fresh(v, ids));
                s.setInt(2, bad && i == worst ? 0 : 1);
                s.addBatch();
            }
            if (bad) {
                Mishaps.fails(v, "22012", s::executeBatch);
                v.connection.rollback();
            } else {
                int[] counts = s.executeBatch();
                v.must(counts.length == rows, "counts of a batch: " + counts.length);
                commit(v);
                fate = Fate.DONE;
            }
        } catch (SQLException e) {
            told = e;
            if (Losses.inCommit(e)) {
                fate = Fate.UNKNOWN;
            }
            throw e;
        } finally {
            v.settle(ids, fate, bad ? "batch with an error" : "batch in a transaction", told);
        }
        v.connection.setAutoCommit(true);
    }

    static long fresh(Visit v, List<Long> into) {
        long id = v.books.newId();
        into.add(id);
        return id;
    }

    static void insert(Visit v, long id) throws SQLException {
        v.note("insert of " + id);
        PreparedStatement s = v.prepared(INSERT);
        s.setLong(1, id);
        s.setInt(2, v.client);
        int rows = s.executeUpdate();
        v.must(rows == 1, "rows inserted: " + rows);
    }
}
