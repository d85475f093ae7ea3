package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.PoolSettings.PerUser;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.kind.Target;
import io.gatehouse.server.testing.Connections;
import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.PoolBounds;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class PoolTest {
    private final Pools pools = new Pools();

    @AfterEach
    void close() {
        pools.close();
    }

    private record Asked(CompletableFuture<Lease> lease, CompletableFuture<Fault> refusal)
            implements LeaseTask {
        Asked() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }

        @Override
        public void run(Lease got) {
            lease.complete(got);
        }

        @Override
        public void refused(Fault fault) {
            refusal.complete(fault);
        }

        Lease await() throws Exception {
            return lease.get(10, TimeUnit.SECONDS);
        }

        Fault refusedWith() throws Exception {
            return refusal.get(10, TimeUnit.SECONDS);
        }
    }

    private static void release(Lease lease) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lease.submit(() -> {
            lease.release();
            done.complete(null);
        });
        done.get(10, TimeUnit.SECONDS);
    }

    private static LogicalConnection h2(PoolSettings settings) {
        LogicalConnection any = Connections.h2(1);
        return new LogicalConnection(
                any.name(),
                any.kind(),
                any.target(),
                any.backendUser(),
                any.password(),
                settings,
                Timeouts.DEFAULT,
                any.grants(),
                any.labels());
    }

    /** A queue that never empties is served by one worker for as long as it lasts. */
    @Test
    void servesALongQueueWithoutGoingDeeper() throws Exception {
        int borrowers = 50_000;
        PoolSettings settings = PoolBounds.of(1).waiting(borrowers).settings();
        Pool pool = pools.of(h2(settings));
        Asked first = new Asked();
        pool.borrow(first, "ada", "", Duration.ofSeconds(30));
        Lease held = first.await();
        CountDownLatch left = new CountDownLatch(borrowers);
        LeaseTask brief =
                new LeaseTask() {
                    @Override
                    public void run(Lease lease) {
                        lease.release();
                        left.countDown();
                    }

                    @Override
                    public void refused(Fault fault) {
                        throw new AssertionError(fault.text());
                    }
                };
        for (int i = 0; i < borrowers; i++) {
            pool.borrow(brief, "ada", "", Duration.ofSeconds(60));
        }
        release(held);
        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.figures().busy()).isZero();
    }

    @Test
    void servesBorrowersInOrder() throws Exception {
        Pool pool = pools.of(Connections.h2(1));
        Asked first = new Asked();
        pool.borrow(first, "ada", "", Duration.ofSeconds(5));
        Lease lease = first.await();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            int number = i;
            pool.borrow(
                    new LeaseTask() {
                        @Override
                        public void run(Lease got) {
                            order.add(number);
                            got.release();
                            all.countDown();
                        }

                        @Override
                        public void refused(Fault fault) {
                            order.add(-1);
                            all.countDown();
                        }
                    },
                    "ada",
                    "",
                    Duration.ofSeconds(5));
        }
        assertThat(pool.figures().waiting()).isEqualTo(20);
        release(lease);
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).isSorted().doesNotContain(-1).hasSize(20);
        assertThat(pool.figures().borrowed()).isEqualTo(21);
    }

    @Test
    void boundsTheQueueInNumberAndTime() throws Exception {
        Pool pool = pools.of(h2(PoolBounds.of(1).waiting(1).settings()));
        Asked first = new Asked();
        pool.borrow(first, "ada", "", Duration.ofSeconds(5));
        Lease lease = first.await();
        Asked second = new Asked();
        pool.borrow(second, "ada", "", Duration.ofMillis(200));
        Asked third = new Asked();
        pool.borrow(third, "ada", "", Duration.ofSeconds(5));
        assertThat(third.refusedWith().sqlState()).isEqualTo("53300");
        assertThat(third.refusedWith().message()).contains("1 requests wait already (users: 1)");
        assertThat(second.refusedWith().message()).contains("became free within 200 ms");
        Asked fourth = new Asked();
        Waiting place = pool.borrow(fourth, "ada", "", Duration.ofSeconds(5));
        assertThat(place.giveUp()).isTrue();
        assertThat(place.giveUp()).isFalse();
        release(lease);
        assertThat(fourth.lease()).isNotDone();
        PoolFigures figures = pool.figures();
        assertThat(figures.timeouts()).isEqualTo(1);
        assertThat(figures.refusals()).isEqualTo(1);
        assertThat(figures.busy()).isZero();
    }

    @Test
    void boundsTheLineOfEachUser() throws Exception {
        Pool pool = pools.of(h2(PoolBounds.of(1).perUser(new PerUser(0, 2)).settings()));
        Asked first = new Asked();
        pool.borrow(first, "ada", "", Duration.ofSeconds(5));
        Lease lease = first.await();
        List<Waiting> places = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            places.add(pool.borrow(new Asked(), "ada", "", Duration.ofSeconds(5)));
        }
        Asked third = new Asked();
        pool.borrow(third, "ada", "", Duration.ofSeconds(5));
        assertThat(third.refusedWith().sqlState()).isEqualTo("53300");
        assertThat(third.refusedWith().message()).contains("2 requests of yours wait");
        Asked other = new Asked();
        pool.borrow(other, "bob", "", Duration.ofSeconds(5));
        places.forEach(Waiting::giveUp);
        release(lease);
        release(other.await());
    }

    /** In virtual time: 100 ms for each borrower. */
    @Test
    void refusesAtOnceWhoeverWouldWaitInVain() throws Exception {
        AtomicLong now = new AtomicLong();
        try (Pools timed = new Pools(now::get, null)) {
            Pool pool = timed.of(h2(PoolBounds.of(1).settings()));
            List<Asked> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Asked asked = new Asked();
                all.add(asked);
                pool.borrow(asked, "ada", "", Duration.ofSeconds(30));
            }
            for (Asked asked : all.subList(0, 30)) {
                Lease lease = asked.await();
                now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
                release(lease);
            }
            Asked patient = new Asked();
            Waiting place = pool.borrow(patient, "ada", "", Duration.ofSeconds(30));
            Asked hasty = new Asked();
            pool.borrow(hasty, "ada", "", Duration.ofSeconds(1));
            Fault told = hasty.refusal().getNow(null);
            assertThat(told.sqlState()).isEqualTo("53300");
            assertThat(told.message())
                    .contains("would become free in about 3100 ms, later than the 1000 ms");
            assertThat(told.hint()).isEqualTo("Try again in 2100 ms.");
            Asked modest = new Asked();
            pool.borrow(modest, "bob", "", Duration.ofSeconds(1));
            release(all.get(30).await());
            release(all.get(31).await());
            release(modest.await());
            assertThat(patient.lease()).isNotDone();
            assertThat(place.giveUp()).isTrue();
            assertThat(pool.figures().refusals()).isEqualTo(1);
            for (Asked asked : all.subList(32, 60)) {
                release(asked.await());
            }
        }
    }

    @Test
    void failsFastWhenTheBackendIsDown() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Target nowhere = Target.of("127.0.0.1", port, "postgres");
        LogicalConnection down =
                Connections.of("postgresql", nowhere, "postgres", "a-secret-password", 2);
        Pool pool = pools.of(down);
        long start = System.nanoTime();
        List<Asked> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Asked asked = new Asked();
            all.add(asked);
            pool.borrow(asked, "ada", "", Duration.ofSeconds(5));
        }
        for (Asked asked : all) {
            Fault fault = asked.refusedWith();
            assertThat(fault.sqlState()).isEqualTo("08001");
            assertThat(fault.toString()).doesNotContain("a-secret-password");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(pool.figures().busy()).isZero();
    }

    @Test
    void saysThatALoginWasRefusedWithoutNamingTheUser() throws Exception {
        Databases.Server server = Databases.mariadb();
        Target target = Target.of(server.host(), server.port(), server.database());
        Pool pool = pools.of(Connections.of("mariadb", target, "gatehouse", "wrong", 1));
        Asked asked = new Asked();
        pool.borrow(asked, "ada", "", Duration.ofSeconds(5));
        assertThat(asked.refusedWith().sqlState()).isEqualTo("08001");
        assertThat(asked.refusedWith().message())
                .contains("refused the broker's own login")
                .doesNotContain("'gatehouse'");
    }

    @Test
    void closesDoomedConnectionsAndShowsPins() throws Exception {
        Pool pool = pools.of(Connections.h2(1));
        Asked first = new Asked();
        pool.borrow(first, "ada", "", Duration.ofSeconds(5));
        Lease lease = first.await();
        lease.pin("temporary table");
        assertThat(pool.figures().pins()).containsEntry("temporary table", 1);
        Object connection = lease.connection();
        long checkout = lease.checkout();
        lease.doom();
        release(lease);
        Asked second = new Asked();
        pool.borrow(second, "ada", "", Duration.ofSeconds(5));
        assertThat(second.await().connection()).isNotSameAs(connection);
        assertThat(second.await().checkout()).isNotEqualTo(checkout);
        assertThat(second.await().cancel(checkout)).isFalse();
        assertThat(pool.figures().pins()).isEmpty();
        release(second.await());
    }

    @Test
    void runsTheWorksOfALeaseInOrderAndNeverTogether() throws Exception {
        Pool pool = pools.of(Connections.h2(1));
        Asked asked = new Asked();
        pool.borrow(asked, "ada", "", Duration.ofSeconds(5));
        Lease lease = asked.await();
        List<Integer> order = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            int number = i;
            lease.submit(() -> {
                order.add(number);
                all.countDown();
            });
        }
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).isSorted().hasSize(1000);
        release(lease);
    }

    @Test
    void refusesWhoeverWaitsWhenItCloses() throws Exception {
        Pool pool = pools.of(Connections.h2(1));
        Asked first = new Asked();
        pool.borrow(first, "ada", "", Duration.ofSeconds(5));
        first.await();
        Asked second = new Asked();
        pool.borrow(second, "ada", "", Duration.ofSeconds(5));
        pools.close();
        assertThat(second.refusedWith().sqlState()).isEqualTo("57P01");
    }
}
