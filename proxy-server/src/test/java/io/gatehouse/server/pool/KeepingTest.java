package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.testing.Connections;
import io.gatehouse.server.testing.PoolBounds;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Connections that are kept for whoever had them last. */
class KeepingTest {
    private final AtomicLong clock = new AtomicLong();
    private final Pools pools = new Pools(clock::get, null);

    @AfterEach
    void close() {
        pools.close();
    }

    private Pool pool(int size, Duration keepForOwner) {
        LogicalConnection any = Connections.h2(1);
        return pools.of(
                new LogicalConnection(
                        any.name(),
                        any.kind(),
                        any.target(),
                        any.backendUser(),
                        any.password(),
                        PoolBounds.of(size).keepForOwner(keepForOwner).settings(),
                        Timeouts.DEFAULT,
                        any.grants(),
                        any.labels()));
    }

    private record Asking(long follows, CompletableFuture<Lease> lease) implements LeaseTask {
        @Override
        public void run(Lease got) {
            lease.complete(got);
        }

        @Override
        public void refused(Fault fault) {
            lease.completeExceptionally(new IllegalStateException(fault.text()));
        }
    }

    private static CompletableFuture<Lease> asking(Pool pool, long follows) {
        CompletableFuture<Lease> lease = new CompletableFuture<>();
        pool.borrow(new Asking(follows, lease), "ada", "", Duration.ofSeconds(20));
        return lease;
    }

    private static Lease borrow(Pool pool, long follows) throws Exception {
        return asking(pool, follows).get(20, TimeUnit.SECONDS);
    }

    private static <T> T on(Lease lease, Supplier<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        lease.submit(() -> done.complete(work.get()));
        return done.get(20, TimeUnit.SECONDS);
    }

    /** Ends the lease; gives whether its connection was to be kept. */
    private static boolean end(Lease lease, boolean anew) throws Exception {
        return on(
                lease,
                () -> {
                    boolean keeps = lease.keep(anew);
                    lease.release();
                    return keeps;
                });
    }

    @Test
    void itsOwnerGetsItBack() throws Exception {
        Pool pool = pool(2, Duration.ofSeconds(1));
        Lease first = borrow(pool, 0);
        assertThat(first.resumed()).isFalse();
        assertThat(end(first, true)).isTrue();
        assertThat(pool.figures().idle()).isEqualTo(1);
        Lease second = borrow(pool, first.checkout());
        assertThat(second.resumed()).isTrue();
        assertThat(second.connection()).isSameAs(first.connection());
        assertThat(end(second, false)).as("as long as it was to be").isTrue();
        Lease third = borrow(pool, second.checkout());
        assertThat(third.resumed()).isTrue();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(end(third, false)).as("and no longer").isFalse();
    }

    @Test
    void othersGetAnotherWhileThereIsOne() throws Exception {
        Pool pool = pool(2, Duration.ofSeconds(1));
        Lease mine = borrow(pool, 0);
        end(mine, true);
        Lease other = borrow(pool, 0);
        assertThat(other.connection()).isNotSameAs(mine.connection());
        Lease third = borrow(pool, 0);
        assertThat(third.connection()).as("the only one left").isSameAs(mine.connection());
        assertThat(third.resumed()).isFalse();
        end(other, false);
        Lease late = borrow(pool, mine.checkout());
        assertThat(late.resumed()).as("lent meanwhile").isFalse();
        end(late, false);
        end(third, false);
        assertThat(pool.figures().idle()).isEqualTo(2);
    }

    @Test
    void whoWaitsGetsItAtOnce() throws Exception {
        Pool pool = pool(1, Duration.ofSeconds(1));
        Lease mine = borrow(pool, 0);
        CompletableFuture<Lease> waiting = asking(pool, 0);
        end(mine, true);
        Lease next = waiting.get(20, TimeUnit.SECONDS);
        assertThat(next.connection()).isSameAs(mine.connection());
        assertThat(next.resumed()).isFalse();
        end(next, false);
    }

    @Test
    void whatMustBeResetIsNotKept() throws Exception {
        Pool pool = pool(1, Duration.ofSeconds(1));
        Lease dirty = borrow(pool, 0);
        dirty.markDirty();
        assertThat(end(dirty, true)).isFalse();
        Lease pinned = borrow(pool, 0);
        pinned.pin("temporary table");
        assertThat(end(pinned, true)).isFalse();
        Lease old = borrow(pool, 0);
        clock.addAndGet(PoolSettings.DEFAULT.maxLifetime().toNanos());
        assertThat(end(old, true)).as("older than a connection may be").isFalse();
    }

    @Test
    void isGivenBackWhenNobodyComes() throws Exception {
        Pool pool = pool(2, Duration.ofMillis(1));
        Lease lease = borrow(pool, 0);
        assertThat(end(lease, true)).isTrue();
        clock.addAndGet(Duration.ofMillis(1).toNanos());
        awaitIdle(pool);
    }

    @Test
    void isGivenBackWhenItsOwnerLeaves() throws Exception {
        Pool pool = pool(2, Duration.ofMinutes(1));
        Lease lease = borrow(pool, 0);
        end(lease, true);
        assertThat(pool.backends().idle()).isZero();
        pool.forgo(lease.checkout());
        awaitIdle(pool);
        assertThat(borrow(pool, lease.checkout()).resumed()).isFalse();
    }

    @Test
    void nothingIsKeptOfAPoolThatCloses() throws Exception {
        Pool pool = pool(2, Duration.ofMinutes(1));
        Lease kept = borrow(pool, 0);
        Lease out = borrow(pool, 0);
        end(kept, true);
        pool.retire();
        end(out, true);
        assertThat(pool.backends().idle()).isEqualTo(2);
    }

    private static void awaitIdle(Pool pool) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (pool.backends().idle() == 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
