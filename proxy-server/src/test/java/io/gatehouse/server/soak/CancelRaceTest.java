package io.gatehouse.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Cancels against short statements of clients that share few connections: a cancel hits the
 * statement that it was meant for, or none. {@code -Dsoak.cancels} says how many.
 */
@Timeout(1_800)
class CancelRaceTest {
    private static final Logger LOG = LoggerFactory.getLogger(CancelRaceTest.class);
    private static final int CANCELS = Integer.getInteger("soak.cancels", 10_000);
    private static final int CONNECTIONS = 3;
    private static final int PAIRS = 4;
    private static final int CANCEL_REQUEST = 80_877_102;

    private static TestBroker broker;

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger foreign = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger victims = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("race", Database.postgres(), Bounds.pool(CONNECTIONS), Bounds.TIMEOUTS);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** Whoever cancels may be hit; whoever never does may not. */
    @Test
    void noCancelHitsAnothersStatement() throws Exception {
        List<Callable<Void>> programs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            int id = i;
            programs.add(() -> cancels(id, broker.connect("race")));
            programs.add(() -> cancels(100 + id, broker.connectAsPostgres("race")));
            programs.add(() -> neverCancels(200 + id, broker.connect("race")));
            programs.add(() -> neverCancels(300 + id, broker.connectAsPostgres("race")));
        }
        programs.add(this::cancelsWithWrongKeys);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = new ArrayList<>();
            programs.forEach(program -> all.add(threads.submit(() -> endsAll(program))));
            for (Future<Void> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(figures(), e);
        }
        LOG.info("{}", figures());
        assertThat(sent.get()).isGreaterThanOrEqualTo(CANCELS);
        assertThat(hits.get()).as(figures()).isPositive();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (broker.pools().figures().stream().anyMatch(f -> f.busy() > 0)) {
            assertThat(System.nanoTime()).as("every lease is given back").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private String figures() {
        return sent.get()
                + " cancels for own statements, of which "
                + hits.get()
                + " hit; "
                + foreign.get()
                + " with foreign keys; "
                + answers.get()
                + " answers, "
                + victims.get()
                + " of them of clients that never cancel; first failure: "
                + firstFailure.get();
    }

    /** The first program to fail ends the others. */
    private Void endsAll(Callable<Void> program) throws Exception {
        try {
            return program.call();
        } catch (SQLException e) {
            firstFailure.compareAndSet("none", e.getSQLState() + " " + e.getMessage());
            throw e;
        } catch (Exception | AssertionError e) {
            firstFailure.compareAndSet("none", e.toString());
            throw e;
        } finally {
            over.set(true);
        }
    }

    private boolean goesOn() {
        return sent.get() < CANCELS && !over.get();
    }

    private Void neverCancels(int id, Connection connection) throws SQLException {
        Random random = new Random(id);
        try (connection) {
            while (goesOn()) {
                boolean transaction = random.nextInt(4) == 0;
                connection.setAutoCommit(!transaction);
                ask(connection, id, random);
                if (transaction) {
                    ask(connection, id, random);
                    connection.rollback();
                }
                victims.incrementAndGet();
            }
        }
        return null;
    }

    private Void cancels(int id, Connection connection) throws Exception {
        Random random = new Random(id);
        // What another thread is to cancel now; it may be through by then.
        AtomicReference<Statement> target = new AtomicReference<>();
        AtomicBoolean ended = new AtomicBoolean();
        Thread canceller = Thread.ofVirtual().start(() -> cancelAll(target, ended, random));
        try (connection) {
            while (goesOn()) {
                boolean transaction = random.nextInt(4) == 0;
                connection.setAutoCommit(!transaction);
                try {
                    once(connection, id, random, target);
                } catch (SQLException e) {
                    if (!"57014".equals(e.getSQLState())) {
                        throw e;
                    }
                    hits.incrementAndGet();
                }
                if (transaction) {
                    connection.rollback();
                }
            }
        } finally {
            ended.set(true);
            LockSupport.unpark(canceller);
            canceller.join();
        }
        return null;
    }

    private void cancelAll(AtomicReference<Statement> target, AtomicBoolean ended, Random random) {
        while (!ended.get()) {
            Statement statement = target.get();
            if (statement == null) {
                Thread.onSpinWait();
                LockSupport.parkNanos(20_000);
                continue;
            }
            LockSupport.parkNanos(random.nextInt(random.nextInt(3) == 0 ? 8_000_000 : 800_000));
            if (random.nextInt(10) != 0) {
                // Once is enough, mostly.
                target.compareAndSet(statement, null);
            }
            try {
                statement.cancel();
                sent.incrementAndGet();
            } catch (SQLException e) {
                // It was closed meanwhile: nothing was sent.
                target.compareAndSet(statement, null);
            }
        }
    }

    private void once(
            Connection connection, int id, Random random, AtomicReference<Statement> target)
            throws SQLException {
        try (Statement s = connection.createStatement()) {
            target.set(s);
            check(s, id, random);
            target.set(null);
        } finally {
            target.set(null);
        }
    }

    private void ask(Connection connection, int id, Random random) throws SQLException {
        try (Statement s = connection.createStatement()) {
            check(s, id, random);
        }
    }

    private void check(Statement s, int id, Random random) throws SQLException {
        int number = random.nextInt();
        int rows = random.nextInt(3) == 0 ? 200 : 1;
        s.setFetchSize(random.nextInt(3) == 0 ? 10 : 0);
        String sql =
                "select i, '" + id + ":' || " + number + " from generate_series(1, " + rows + ") i";
        try (ResultSet all = s.executeQuery(sql)) {
            int seen = 0;
            while (all.next()) {
                seen++;
                assertThat(all.getInt(1)).isEqualTo(seen);
                assertThat(all.getString(2)).isEqualTo(id + ":" + number);
            }
            assertThat(seen).isEqualTo(rows);
        }
        answers.incrementAndGet();
    }

    /** Cancel requests that guess, and such as name a session that has ended. */
    private Void cancelsWithWrongKeys() throws Exception {
        Random random = new Random(1);
        while (goesOn()) {
            int session;
            try (Connection gone = broker.connectAsPostgres("race")) {
                session = gone.unwrap(PGConnection.class).getBackendPID();
                for (int i = 0; i < 20; i++) {
                    int guess = session - random.nextInt(40);
                    sendCancel(guess == session ? guess - 1 : guess, random.nextInt());
                }
            }
            sendCancel(session, random.nextInt());
        }
        return null;
    }

    private void sendCancel(int process, int key) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(16);
            out.writeInt(CANCEL_REQUEST);
            out.writeInt(process);
            out.writeInt(key);
            out.flush();
            assertThat(socket.getInputStream().read()).as("the broker says nothing").isEqualTo(-1);
        }
        foreign.incrementAndGet();
    }
}
