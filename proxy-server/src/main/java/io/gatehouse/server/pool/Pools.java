package io.gatehouse.server.pool;

import io.gatehouse.server.directory.LogicalConnection;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Every pool of this broker; each is opened when its logical connection is first used. Thread-safe.
 */
public final class Pools implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final LongSupplier nanoTime;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Threads threads;
    private final Threads onLoops;
    private final Map<String, Pool> pools = new ConcurrentHashMap<>();
    private final List<Pool> retired = new ArrayList<>();

    /** With the system's clock; every call has a platform thread. */
    public Pools() {
        this(System::nanoTime, null);
    }

    /**
     * @param nanoTime as {@link System#nanoTime()}
     * @param loops where calls to backends run that can do so without blocking a thread; null for
     *     none. To be closed after this
     */
    public Pools(LongSupplier nanoTime, @Nullable Loops loops) {
        this.nanoTime = nanoTime;
        this.workers = Workers.platform();
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("gatehouse-pool-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.threads = new Threads(workers, workers, null, timer, nanoTime);
        this.onLoops = loops == null ? threads : onLoops(threads, loops);
    }

    private static Threads onLoops(Threads threads, Loops loops) {
        Optional<LoopWorkers> found = LoopWorkers.on(loops, threads.blocking());
        if (found.isEmpty()) {
            LOG.warn(
                    "calls to PostgreSQL run on threads of their own, which costs more: start Java"
                            + " with --add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        return found.map(threads::on).orElse(threads);
    }

    /**
     * The pool of a logical connection. When the connection's target, credential or bounds have
     * changed since, the old pool serves its leases to their end and a new one takes over.
     */
    @SuppressWarnings(
            "ReferenceEquality") // most often it is the very same; the rest is asked below
    public Pool of(LogicalConnection target) {
        Pool known = pools.get(target.name());
        return known != null && known.target() == target ? known : find(target);
    }

    /**
     * Whether the backend of a logical connection can be reached, as far as is known. Where it
     * could not and it is time to look again, the broker does, for whoever asks later. Never
     * blocks.
     */
    public boolean reachable(LogicalConnection target) {
        return Lookout.reachable(of(target), nanoTime.getAsLong());
    }

    private Pool find(LogicalConnection target) {
        synchronized (pools) {
            Pool pool = pools.get(target.name());
            if (pool != null && pool.target().samePoolAs(target)) {
                return pool;
            }
            if (pool != null) {
                retired.add(pool);
            }
            closeQuietOnes();
            boolean tapped = target.kind().hasRowTap(target.target());
            Pool fresh = new Pool(target, tapped ? onLoops : threads);
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
