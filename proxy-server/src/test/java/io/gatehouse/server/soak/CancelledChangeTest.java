package io.gatehouse.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes in autocommit that are cancelled about when they end: what its client was told is
 * cancelled has not been made. {@code -Dsoak.cancels} says how many.
 */
@Timeout(1_800)
class CancelledChangeTest {
    private static final Logger LOG = LoggerFactory.getLogger(CancelledChangeTest.class);
    private static final int CHANGES = Integer.getInteger("soak.cancels", 4_000);
    private static final int CLIENTS = 6;
    private static final int CONNECTIONS = 3;
    private static final long SHORTEST = 500_000;
    private static final long LONGEST = 20_000_000;

    /** The driver asks the server once about each that it meets on a connection. */
    private static final int TYPES = 400;

    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, String> cancelled = new ConcurrentHashMap<>();
    private final Map<Long, String> made = new ConcurrentHashMap<>();

    @Test
    void noneIsThere() throws Exception {
        try (Connection direct = Database.postgres().direct();
                Statement s = direct.createStatement();
                TestBroker broker = TestBroker.permissive()) {
            s.execute("drop schema if exists cancelled cascade");
            s.execute("create schema cancelled");
            s.execute("create table cancelled.ledger (id bigint not null)");
            for (int i = 0; i < TYPES; i++) {
                s.execute("create type cancelled.t" + i + " as enum ('a')");
            }
            broker.serve(
                    "cancelled", Database.postgres(), Bounds.pool(CONNECTIONS), Bounds.TIMEOUTS);
            goAll(broker);
            String figures = made.size() + " made, " + cancelled.size() + " cancelled";
            LOG.info("{}", figures);
            assertThat(wrong(s)).as(figures).isEmpty();
            assertThat(cancelled).as(figures).isNotEmpty();
            assertThat(made).as(figures).isNotEmpty();
        }
    }

    private void goAll(TestBroker broker) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                all.add(
                        threads.submit(() -> {
                            go(broker, client);
                            return null;
                        }));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private List<String> wrong(Statement s) throws SQLException {
        Set<Long> there = new HashSet<>();
        try (ResultSet rows = s.executeQuery("select id from cancelled.ledger")) {
            while (rows.next()) {
                there.add(rows.getLong(1));
            }
        }
        List<String> wrong = new ArrayList<>();
        cancelled.forEach((id, how) -> {
            if (there.contains(id)) {
                wrong.add(id + " is there: " + how);
            }
        });
        made.forEach((id, how) -> {
            if (!there.contains(id)) {
                wrong.add(id + " is not there: " + how);
            }
        });
        return wrong;
    }

    private void go(TestBroker broker, int client) throws SQLException {
        Random random = new Random(client);
        boolean stock = client % 2 == 0;
        // How long a change takes, about.
        long typical = 2_000_000;
        try (Connection c =
                stock ? broker.connectAsPostgres("cancelled") : broker.connect("cancelled")) {
            while (ids.get() < CHANGES) {
                long id = ids.incrementAndGet();
                String sql = sql(random, id);
                int keys = random.nextInt(4) == 0 ? Statement.RETURN_GENERATED_KEYS : 0;
                try (PreparedStatement s =
                        c.prepareStatement(sql, keys == 0 ? Statement.NO_GENERATED_KEYS : keys)) {
                    String how = (stock ? "stock driver: " : "driver: ") + sql;
                    long took = change(s, id, random.nextLong(2 * typical), how);
                    typical = Math.clamp((7 * typical + took) / 8, SHORTEST, LONGEST);
                }
            }
        }
    }

    private static String sql(Random random, long id) {
        String type = "'a'::cancelled.t" + random.nextInt(TYPES);
        String insert = "insert into cancelled.ledger values (" + id + ")";
        return switch (random.nextInt(6)) {
            case 0, 1 -> "with w as (" + insert + ") select " + type;
            case 2 -> "with w as (" + insert + ") select pg_sleep(0.001)";
            case 3, 4 -> insert + " returning id, " + type;
            default -> insert;
        };
    }

    /** How long it took. */
    private long change(PreparedStatement s, long id, long nanos, String how) throws SQLException {
        long start = System.nanoTime();
        Thread canceller = Thread.ofVirtual().start(() -> cancel(s, nanos));
        try {
            s.execute();
            made.put(id, how);
            return System.nanoTime() - start;
        } catch (SQLException e) {
            if (!"57014".equals(e.getSQLState())) {
                throw new SQLException(how, e.getSQLState(), e);
            }
            cancelled.put(id, how + ": " + e.getMessage());
            return System.nanoTime() - start;
        } finally {
            join(canceller);
        }
    }

    private static void cancel(PreparedStatement s, long nanos) {
        LockSupport.parkNanos(nanos);
        try {
            s.cancel();
        } catch (SQLException e) {
            LOG.warn("nothing was cancelled", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
