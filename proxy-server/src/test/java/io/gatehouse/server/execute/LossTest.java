package io.gatehouse.server.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.pool.Pools;
import io.gatehouse.server.testing.Connections;
import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Backends that die, and statements that are cancelled. */
class LossTest {
    private static final Pools POOLS = new Pools();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AfterAll
    static void close() {
        POOLS.close();
    }

    /** Waits until a sink has taken all that it asked for. */
    private static void awaitRows(Recorder recorder) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (recorder.demand.availablePermits() > 0) {
            assertThat(System.nanoTime()).as("rows have come").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void kill(int pid) {
        try (Pools other = new Pools();
                Borrower killer = Borrower.of(other.of(Connections.postgres(1)))) {
            killer.ok("SELECT pg_terminate_backend(" + pid + ")");
        }
    }

    /**
     * Waits until the server itself says that it is at work: what is sent to stop a statement that
     * has not arrived yet stops nothing.
     *
     * @param question has rows from then on
     */
    private static void atWork(LogicalConnection server, String question) {
        try (Pools other = new Pools();
                Borrower watcher = Borrower.of(other.of(server))) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (watcher.ok(question).rows.isEmpty()) {
                assertThat(System.nanoTime()).as("the server is at work").isLessThan(end);
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static int pid(Borrower borrower) {
        return (Integer) borrower.ok("SELECT pg_backend_pid()").rows.getFirst().getFirst();
    }

    @Test
    void aBackendThatDiesInTheMiddleOfAResultFailsOnlyItsOwnWork() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            int pid = pid(borrower);
            Recorder recorder = new Recorder(10);
            recorder.keep = false;
            CompletableFuture<Outcome> outcome =
                    borrower.performing(
                            Borrower.run(
                                    borrower.text("SELECT generate_series(1, 1000000000)", true),
                                    false),
                            recorder);
            // Before its first row the statement would be run again on another connection.
            awaitRows(recorder);
            kill(pid);
            recorder.demand.release(Integer.MAX_VALUE / 2);
            assertThat(Borrower.get(outcome))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> {
                                assertThat(failed.connectionLost()).isTrue();
                                assertThat(failed.fault().sqlState()).isIn("57P01", "08006");
                            });
        }
        try (Borrower next = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            assertThat(next.ok("SELECT 1").rows).containsExactly(List.of(1));
        }
    }

    @Test
    void aLostCommitIsReportedAsUnknown() {
        try (Forwarder forwarder = new Forwarder(Databases.postgres());
                Pools pools = new Pools();
                Borrower borrower =
                        Borrower.of(
                                pools.of(Connections.to("postgresql", forwarder.server(), 1)))) {
            borrower.ok("SELECT 1", true);
            forwarder.cut();
            assertThat(borrower.transact(Call.Action.COMMIT, ""))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> {
                                assertThat(failed.fault().sqlState()).isEqualTo("08007");
                                assertThat(failed.connectionLost()).isTrue();
                            });
        }
    }

    @Test
    void cancelsWhatRunsAndNothingElse() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            long checkout = borrower.lease.checkout();
            int pid = pid(borrower);
            CompletableFuture<Outcome> sleeping =
                    borrower.performing(
                            Borrower.run(borrower.text("SELECT pg_sleep(30)", true), false),
                            new Recorder());
            atWork(
                    Connections.postgres(1),
                    "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid = "
                            + pid);
            assertThat(borrower.lease.cancel(checkout)).isTrue();
            assertThat(Borrower.get(sleeping))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> {
                                assertThat(failed.fault().sqlState()).isEqualTo("57014");
                                assertThat(failed.connectionLost()).isFalse();
                            });
            borrower.executor.cancel(borrower.lease, checkout);
            assertThat(borrower.ok("SELECT pg_sleep(0.05)").rows).hasSize(1);
        }
    }

    @Test
    void aCancelNeverHitsTheNextStatement() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.postgres(1)))) {
            for (int i = 0; i < 40; i++) {
                CompletableFuture<Outcome> brief =
                        borrower.performing(
                                Borrower.run(borrower.text("SELECT pg_sleep(0.002)", true), false),
                                new Recorder());
                LockSupport.parkNanos(i * 100_000L);
                borrower.executor.cancel(borrower.lease, borrower.lease.checkout());
                CompletableFuture<Outcome> next =
                        borrower.performing(
                                Borrower.run(borrower.text("SELECT pg_sleep(0.001)", true), false),
                                new Recorder());
                assertThat(Borrower.get(next)).isInstanceOf(Outcome.Finished.class);
                assertThat(Borrower.get(brief)).isNotNull();
            }
        }
    }

    @Test
    void cancelsOnMariadbToo() {
        try (Borrower borrower = Borrower.of(POOLS.of(Connections.mariadb(1)))) {
            Object id = borrower.ok("SELECT connection_id()").rows.getFirst().getFirst();
            CompletableFuture<Outcome> sleeping =
                    borrower.performing(
                            Borrower.run(
                                    borrower.text(
                                            "SELECT COUNT(*) FROM information_schema.columns a,"
                                                    + " information_schema.columns b,"
                                                    + " information_schema.columns c",
                                            true),
                                    false),
                            new Recorder());
            atWork(
                    Connections.mariadb(1),
                    "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT COUNT%'"
                            + " AND id = "
                            + id);
            assertThat(borrower.lease.cancel(borrower.lease.checkout())).isTrue();
            assertThat(Borrower.get(sleeping)).isInstanceOf(Outcome.Failed.class);
            assertThat(borrower.ok("SELECT 1").rows).containsExactly(List.of(1));
        }
    }
}
