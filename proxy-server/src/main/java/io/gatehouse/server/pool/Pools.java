package io.gatehouse.server.pool;

import io.gatehouse.server.directory.LogicalConnection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Every pool of this broker; each is opened when its logical connection is first used. Thread-safe.
 */
public final class Pools implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final LongSupplier nanoTime;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<String, Pool> pools = new HashMap<>();
    private final List<Pool> retired = new ArrayList<>();

    /** With the system's clock and platform threads. */
    public Pools() {
        this(System::nanoTime, false);
    }

    /**
     * @param nanoTime as {@link System#nanoTime()}
     * @param virtualThreads whether JDBC runs on virtual threads
     */
    public Pools(LongSupplier nanoTime, boolean virtualThreads) {
        this.nanoTime = nanoTime;
        this.workers = virtualThreads ? Workers.virtual() : Workers.platform();
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("gatehouse-pool-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * The pool of a logical connection. When the connection's target, credential or bounds have
     * changed since, the old pool serves its leases to their end and a new one takes over.
     */
    public Pool of(LogicalConnection target) {
        synchronized (pools) {
            Pool pool = pools.get(target.name());
            if (pool != null && pool.target().samePoolAs(target)) {
                return pool;
            }
            if (pool != null) {
                retired.add(pool);
            }
            closeQuietOnes();
            Pool fresh = new Pool(target, workers, timer, nanoTime);
            pools.put(target.name(), fresh);
            return fresh;
        }
    }

    private void closeQuietOnes() {
        retired.removeIf(pool -> {
            if (!pool.quiet()) {
                return false;
            }
            workers.execute(pool::close);
            return true;
        });
    }

    /** What each pool does now, by name of the logical connection. */
    public List<PoolFigures> figures() {
        synchronized (pools) {
            closeQuietOnes();
            return pools.values().stream()
                    .map(Pool::figures)
                    .sorted(Comparator.comparing(PoolFigures::name))
                    .toList();
        }
    }

    /** Refuses new borrowers, waits for leases to end, then closes everything. */
    public void close(Duration patience) {
        List<Pool> all;
        synchronized (pools) {
            all = new ArrayList<>(retired);
            all.addAll(pools.values());
            retired.clear();
            pools.clear();
        }
        all.forEach(Pool::retire);
        long start = nanoTime.getAsLong();
        while (!all.stream().allMatch(Pool::quiet)
                && nanoTime.getAsLong() - start < patience.toNanos()) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        all.forEach(Pool::close);
        timer.shutdownNow();
        workers.shutdown();
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
