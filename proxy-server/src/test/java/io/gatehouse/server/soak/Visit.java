package io.gatehouse.server.soak;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One connection of one client, with what the client knows of its own session. */
final class Visit implements AutoCloseable {
    private static final int HISTORY = 40;

    final int client;
    final boolean stock;
    final Connection connection;
    final Random random;
    final Books books;

    /** What the session's settings must be. */
    final Map<String, String> settings = new HashMap<>();

    /** Whether the backend or the cable broke under the current action. */
    boolean lost;

    /** Whether the session has a temporary table, a session lock or the like. */
    boolean pinned;

    private final Deque<String> history = new ArrayDeque<>();
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Visit(int client, boolean stock, Connection connection, Random random, Books books) {
        this.client = client;
        this.stock = stock;
        this.connection = connection;
        this.random = random;
        this.books = books;
    }

    /** Remembers what was done, for the day it goes wrong. */
    synchronized void note(String what) {
        if (history.size() == HISTORY) {
            history.removeFirst();
        }
        history.addLast(what);
    }

    synchronized String history() {
        return String.join("\n    ", history);
    }

    /**
     * Notes in the books what became of a write.
     *
     * @param what the kind of statement, and whether in autocommit
     * @param told the error that settled it, if one did
     */
    void settle(long id, Books.Fate fate, String what, @Nullable SQLException told) {
        String door = stock ? " by the stock driver" : " by the driver";
        books.settle(id, fate, "client " + client + door, what, told);
    }

    void settle(List<Long> ids, Books.Fate fate, String what, @Nullable SQLException told) {
        ids.forEach(id -> settle(id, fate, what, told));
    }

    void run(String sql) throws SQLException {
        note(sql);
        try (Statement s = connection.createStatement()) {
            s.execute(sql);
        }
    }

    int update(String sql) throws SQLException {
        note(sql);
        try (Statement s = connection.createStatement()) {
            return s.executeUpdate(sql);
        }
    }

    @Nullable String ask(String sql) throws SQLException {
        note(sql);
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            if (!rows.next()) {
                throw new AssertionError("no row from " + sql);
            }
            String answer = rows.getString(1);
            if (rows.next()) {
                throw new AssertionError("a second row from " + sql);
            }
            return answer;
        }
    }

    /** A statement that is prepared once for the visit. */
    PreparedStatement prepared(String sql) throws SQLException {
        note(sql);
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** One of that many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    void pause(int mostMillis) {
        long end = System.nanoTime() + Duration.ofMillis(random.nextInt(mostMillis + 1)).toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    void must(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
