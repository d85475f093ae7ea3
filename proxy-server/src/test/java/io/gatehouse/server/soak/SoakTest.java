package io.gatehouse.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Two hundred clients on ten backend connections, both killed at random. {@code -Dsoak.minutes}
 * sets the length, {@code -Dsoak.seed} repeats a run's choices.
 */
class SoakTest {
    private static final Logger LOG = LoggerFactory.getLogger(SoakTest.class);

    private static final int CLIENTS = 200;
    private static final int CONNECTIONS = 10;
    private static final Duration MOST_TO_END = Duration.ofSeconds(90);
    private static final Duration MOST_TO_SETTLE = Duration.ofSeconds(30);

    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final ResourceLeakDetector.Level levelBefore = ResourceLeakDetector.getLevel();

    @BeforeEach
    void watchBuffers() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + " " + records));
    }

    @AfterEach
    void unwatch() {
        ResourceLeakDetector.setLevel(levelBefore);
        ByteBufUtil.setLeakListener(null);
    }

    @Test
    void manyClientsOnFewConnections() throws Exception {
        long seed = Long.getLong("soak.seed", new Random().nextInt(1_000_000));
        Duration length =
                Duration.ofMillis(
                        (long)
                                (Double.parseDouble(System.getProperty("soak.minutes", "1.7"))
                                        * 60_000));
        Database database = freshDatabase();
        List<String> threadsBefore = brokersThreads();
        try (TestBroker broker = TestBroker.permissive()) {
            broker.serve("soak", database, Bounds.pool(CONNECTIONS), Bounds.TIMEOUTS);
            Soak soak = new Soak(seed, length, broker);
            LOG.info("soak of {} with seed {}", length, seed);
            learn(soak);
            go(soak, database);
            LOG.info("{}", soak.report());
            assertThat(soak.failures()).as(soak.report()).isEmpty();
            nothingIsHeld(soak, database);
            try (Connection c = database.direct()) {
                soak.books().check(c);
            }
        }
        eventually("the broker's threads have ended", () -> !more(threadsBefore));
        noLeaks();
    }

    private static Database freshDatabase() throws SQLException {
        Database server = Database.postgres();
        try (Connection c = server.direct();
                Statement s = c.createStatement()) {
            s.execute("drop database if exists soak with (force)");
            s.execute("create database soak");
            // The embedded server is told otherwise, and would lose commits when it crashes.
            s.execute("alter database soak set synchronous_commit = on");
        }
        Databases.Server at = Databases.postgres();
        Database fresh =
                new Database("postgresql", at.host(), at.port(), "soak", at.user(), at.password());
        try (Connection c = fresh.direct();
                Statement s = c.createStatement()) {
            Books.open(s);
        }
        return fresh;
    }

    private static void learn(Soak soak) throws SQLException {
        for (boolean stock : List.of(true, false)) {
            try (Connection c =
                            stock
                                    ? soak.broker().connectAsPostgres("soak")
                                    : soak.broker().connect("soak");
                    Visit v = new Visit(0, stock, c, new Random(0), soak.books())) {
                States.learn(v);
                soak.pristine(stock, v.settings);
            }
        }
    }

    private static void go(Soak soak, Database database) throws InterruptedException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            boolean mortal = i % 4 == 0;
            Forwarder cable =
                    mortal
                            ? new Forwarder(
                                    new Databases.Server(
                                            "127.0.0.1", soak.broker().port(), "", "", ""))
                            : null;
            clients.add(new Client(i, i % 3 == 0, soak, cable));
        }
        List<Thread> threads = new ArrayList<>();
        clients.forEach(client -> threads.add(Thread.ofVirtual().start(client)));
        Killer killer =
                new Killer(soak, database, clients.stream().filter(Client::mortal).toList());
        threads.add(Thread.ofVirtual().start(killer));
        while (soak.goesOn()) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        long late = System.nanoTime() + MOST_TO_END.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, late - System.nanoTime())));
        }
        for (Client client : clients) {
            if (!client.ended()) {
                soak.failed("does not end: " + client.story(), new AssertionError("it hangs"));
            }
            client.close();
        }
    }

    private static void nothingIsHeld(Soak soak, Database database) throws Exception {
        TestBroker broker = soak.broker();
        eventually("the sessions have ended", () -> broker.sessions().views().isEmpty());
        eventually(
                "every lease is given back",
                () ->
                        broker.pools().figures().stream()
                                .allMatch(f ->
                                        f.busy() == 0
                                                && f.waiting() == 0
                                                && f.pins().isEmpty()
                                                && f.idle() <= CONNECTIONS));
        try (Connection c = database.direct()) {
            assertThat(
                            count(
                                    c,
                                    "select count(*) from pg_stat_activity where datname = 'soak'"
                                            + " and pid <> pg_backend_pid() and state <> 'idle'"
                                            + " and backend_type = 'client backend'"))
                    .as("backends that still do something, or have a transaction open")
                    .isZero();
            assertThat(count(c, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .as("advisory locks")
                    .isZero();
            // PostgreSQL leaves those of a crash until another backend makes one in their place.
            assertThat(
                            count(
                                    c,
                                    "select count(*) from pg_class where (relname = 'mine' or"
                                            + " relpersistence = 't') and xmin::text::bigint >= "
                                            + soak.sinceCrash()))
                    .as("temporary tables")
                    .isZero();
            assertThat(count(c, "select count(*) from pg_prepared_xacts")).isZero();
        }
    }

    private static int count(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private static List<String> brokersThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("gatehouse"))
                .toList();
    }

    private static boolean more(List<String> before) {
        return brokersThreads().size() > before.size();
    }

    /** Netty reports a leak when it makes a buffer after the leaked one was collected. */
    private void noLeaks() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            ByteBufAllocator.DEFAULT.buffer(64).release();
        }
        assertThat(leaks).as("buffers that were never released").isEmpty();
    }

    private static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + MOST_TO_SETTLE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
