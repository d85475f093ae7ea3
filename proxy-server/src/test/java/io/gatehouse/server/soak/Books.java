package io.gatehouse.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the clients were told of their writes, against which the database is held at the end.
 * Thread-safe.
 */
final class Books {
    static final int COUNTERS = 20;
    static final int ACCOUNTS = 40;
    static final int OPENING_BALANCE = 1_000;
    static final int FACTS = 5_000;

    /** What is known of a write. */
    enum Fate {
        /** Acknowledged: it is there, once. */
        DONE,
        /** Failed or rolled back: it is not there. */
        UNDONE,
        /** The connection was lost under way: it is there once, or not at all. */
        UNKNOWN
    }

    /**
     * How a write came to its fate.
     *
     * @param by the client and its door
     * @param what the kind of statement, and whether in autocommit
     * @param told what the client was told, where it was an error
     * @param after the beginning of the soak
     */
    private record Settled(Fate fate, String by, String what, String told, Duration after) {
        @Override
        public String toString() {
            return fate + " (" + by + ", " + what + told + ", " + after.toMillis() + " ms)";
        }
    }

    private final long start = System.nanoTime();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Settled> fates = new ConcurrentHashMap<>();
    private final AtomicLongArray acknowledged = new AtomicLongArray(COUNTERS);
    private final AtomicLongArray unknown = new AtomicLongArray(COUNTERS);

    /** Tables for a soak, empty or with what every client knows by heart. */
    static void open(Statement s) throws SQLException {
        // No unique constraint: a doubled insert must be seen, not refused.
        s.execute("create table ledger (id bigint not null, client int not null)");
        s.execute("create table counters (k int primary key, n bigint not null)");
        s.execute("create table accounts (id int primary key, balance bigint not null)");
        s.execute("create table facts (key int primary key, val text not null)");
        s.execute("create table taken (k int primary key)");
        s.execute("insert into taken values (1)");
        s.execute("insert into counters select i, 0 from generate_series(0, 19) i");
        s.execute("insert into accounts select i, 1000 from generate_series(0, 39) i");
        s.execute("insert into facts select i, md5(i::text) from generate_series(0, 4999) i");
    }

    long newId() {
        return ids.incrementAndGet();
    }

    /**
     * @param by the client and its door
     * @param what the kind of statement, and whether in autocommit
     * @param told the error that settled it, if one did
     */
    void settle(long id, Fate fate, String by, String what, @Nullable SQLException told) {
        String error = told == null ? "" : ": " + told.getSQLState() + " " + told.getMessage();
        Duration after = Duration.ofNanos(System.nanoTime() - start);
        fates.put(id, new Settled(fate, by, what, error, after));
    }

    void counted(int counter, Fate fate) {
        switch (fate) {
            case DONE -> acknowledged.incrementAndGet(counter);
            case UNKNOWN -> unknown.incrementAndGet(counter);
            case UNDONE -> {}
        }
    }

    long count(Fate fate) {
        return fates.values().stream().filter(settled -> settled.fate == fate).count();
    }

    /** Holds the database against what the clients were told. */
    void check(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            checkLedger(s);
            checkCounters(s);
            try (ResultSet rows = s.executeQuery("select sum(balance) from accounts")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1))
                        .as("money in all accounts")
                        .isEqualTo((long) ACCOUNTS * OPENING_BALANCE);
            }
            try (ResultSet rows =
                    s.executeQuery("select count(*) from facts where val = md5(key::text)")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).as("facts that are as they were").isEqualTo(FACTS);
            }
        }
    }

    private void checkLedger(Statement s) throws SQLException {
        Map<Long, Integer> found = new ConcurrentHashMap<>();
        try (ResultSet rows = s.executeQuery("select id, count(*) from ledger group by id")) {
            while (rows.next()) {
                found.put(rows.getLong(1), rows.getInt(2));
            }
        }
        List<String> wrong = new ArrayList<>();
        fates.forEach((id, settled) -> {
            int times = found.getOrDefault(id, 0);
            boolean right =
                    switch (settled.fate) {
                        case DONE -> times == 1;
                        case UNDONE -> times == 0;
                        case UNKNOWN -> times <= 1;
                    };
            if (!right) {
                wrong.add(id + " is there " + times + " times and " + settled);
            }
        });
        found.keySet().stream()
                .filter(id -> !fates.containsKey(id))
                .forEach(id -> wrong.add(id + " was never settled by its client"));
        assertThat(wrong).as("writes against what their clients were told").isEmpty();
    }

    private void checkCounters(Statement s) throws SQLException {
        try (ResultSet rows = s.executeQuery("select k, n from counters order by k")) {
            while (rows.next()) {
                int k = rows.getInt(1);
                assertThat(rows.getLong(2))
                        .as("counter %d", k)
                        .isBetween(acknowledged.get(k), acknowledged.get(k) + unknown.get(k));
            }
        }
    }
}
