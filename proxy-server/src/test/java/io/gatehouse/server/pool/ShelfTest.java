package io.gatehouse.server.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.net.EventLoops;
import io.gatehouse.server.testing.Connections;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Which connection a client of which event loop gets, on PostgreSQL. */
@Timeout(60)
final class ShelfTest {
    private final EventLoops loops = new EventLoops(2, Duration.ZERO);
    private final Pools pools = new Pools(System::nanoTime, loops);
    private final Executor one = loops.carrier();
    private final Executor other = loops.carrier();

    @AfterEach
    void close() {
        pools.close();
        loops.close();
    }

    private record Asking(CompletableFuture<Lease> lease) implements LeaseTask {
        @Override
        public void run(Lease got) {
            lease.complete(got);
        }

        @Override
        public void refused(Fault fault) {
            lease.completeExceptionally(new IllegalStateException(fault.text()));
        }
    }

    /** As a client asks whose socket is on that loop. */
    private static CompletableFuture<Lease> asking(Executor loop, Pool pool) {
        CompletableFuture<Lease> lease = new CompletableFuture<>();
        loop.execute(() -> pool.borrow(new Asking(lease), "ada", "", Duration.ofSeconds(20)));
        return lease;
    }

    private static Lease borrow(Executor loop, Pool pool) throws Exception {
        return asking(loop, pool).get(20, TimeUnit.SECONDS);
    }

    private static void end(Lease lease) throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        lease.submit(() -> {
            lease.release();
            ended.complete(null);
        });
        ended.get(20, TimeUnit.SECONDS);
    }

    @Test
    void eachGetsTheOneOfItsOwnLoop() throws Exception {
        assertThat(one).isNotEqualTo(other);
        Pool pool = pools.of(Connections.postgres(2));
        Lease mine = borrow(one, pool);
        Lease yours = borrow(other, pool);
        for (int i = 0; i < 20; i++) {
            // Whichever was given back last.
            end(i % 2 == 0 ? mine : yours);
            end(i % 2 == 0 ? yours : mine);
            Lease next = borrow(one, pool);
            assertThat(next.connection()).isSameAs(mine.connection());
            Lease after = borrow(other, pool);
            assertThat(after.connection()).isSameAs(yours.connection());
            mine = next;
            yours = after;
        }
        end(mine);
        end(yours);
    }

    /** An idle connection is not left for the sake of a loop, and no further one opened. */
    @Test
    void withoutOneItGetsAnother() throws Exception {
        Pool pool = pools.of(Connections.postgres(5));
        Lease mine = borrow(one, pool);
        end(mine);
        Lease yours = borrow(other, pool);
        assertThat(yours.connection()).isSameAs(mine.connection());
        end(yours);
        assertThat(pool.figures().idle()).isEqualTo(1);
    }

    @Test
    void allOfThemAreLent() throws Exception {
        Pool pool = pools.of(Connections.postgres(4));
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            leases.add(borrow(one, pool));
        }
        for (Lease lease : leases) {
            end(lease);
        }
        assertThat(pool.figures().idle()).isEqualTo(4);
        Set<Object> connections = new HashSet<>();
        leases.clear();
        for (int i = 0; i < 4; i++) {
            Lease lease = borrow(i == 0 ? one : other, pool);
            leases.add(lease);
            connections.add(lease.connection());
        }
        assertThat(connections).hasSize(4);
        CompletableFuture<Lease> fifth = asking(one, pool);
        end(leases.removeFirst());
        leases.add(fifth.get(20, TimeUnit.SECONDS));
        for (Lease lease : leases) {
            end(lease);
        }
        assertThat(pool.figures().busy()).isZero();
    }

    /** After a moment of disuse HikariCP has them back, whose idle timeout ends them. */
    @Test
    void whatNobodyUsesGoesBack() throws Exception {
        Pool pool = pools.of(Connections.postgres(2));
        Lease first = borrow(one, pool);
        assertThat(pool.backends().idle()).isZero();
        end(first);
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (pool.backends().idle() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(pool.backends().idle()).isEqualTo(1);
        assertThat(pool.figures().idle()).isEqualTo(1);
        Lease again = borrow(one, pool);
        assertThat(again.connection()).isSameAs(first.connection());
        end(again);
    }

    @Test
    void aRetiredPoolKeepsNone() throws Exception {
        Pool pool = pools.of(Connections.postgres(2));
        Lease first = borrow(one, pool);
        Lease second = borrow(one, pool);
        end(first);
        pool.retire();
        assertThat(pool.backends().idle()).isEqualTo(1);
        end(second);
        assertThat(pool.backends().idle()).isEqualTo(2);
    }
}
