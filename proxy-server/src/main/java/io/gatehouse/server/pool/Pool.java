package io.gatehouse.server.pool;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The backend connections of one logical connection, and the fair queue in front of them. Nobody
 * blocks while waiting. Thread-safe.
 */
public final class Pool {
    private static final AtomicLong CHECKOUTS = new AtomicLong();

    private final LogicalConnection target;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Backends backends;
    private final ServerVersion version = new ServerVersion();

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private int busy;
    private boolean closed;

    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private final LongAdder borrowed = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    Pool(
            LogicalConnection target,
            ExecutorService workers,
            ScheduledExecutorService timer,
            LongSupplier nanoTime) {
        this.target = target;
        this.workers = workers;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.backends = new Backends(target, timer, nanoTime, version);
    }

    /** The logical connection that this pool serves. */
    public LogicalConnection target() {
        return target;
    }

    /**
     * Asks for a lease. Never blocks. Borrowers are served in the order in which they asked.
     *
     * @param patience the longest wait in the queue; above zero
     */
    public Waiting borrow(LeaseTask task, Duration patience) {
        Waiter waiter = new Waiter(task, nanoTime.getAsLong());
        Fault refusal = null;
        boolean served = false;
        lock.lock();
        try {
            PoolSettings settings = target.pool();
            if (closed) {
                refusal = Faults.shuttingDown();
            } else if (busy < settings.size() && queue.isEmpty()) {
                busy++;
                waiter.answered = true;
                served = true;
            } else if (queue.size() >= settings.waiting()) {
                refusals.increment();
                refusal = Faults.poolFull(target.name(), settings.size(), queue.size());
            } else {
                queue.add(waiter);
                waiter.timeout =
                        timer.schedule(
                                () -> timedOut(waiter, patience),
                                patience.toNanos(),
                                TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            waiter.answered = true;
            task.refused(refusal);
        } else if (served) {
            dispatch(waiter);
        }
        return waiter;
    }

    /**
     * The version of the server, as the last connection that was opened heard it. Empty before the
     * first one, and always where the kind is not PostgreSQL.
     */
    public Optional<String> serverVersion() {
        return version.known();
    }

    /**
     * Asks for the version of the server; at once where it is known, else one connection is
     * borrowed for all who ask. Never blocks. Only where the kind is PostgreSQL.
     */
    public void serverVersion(VersionTask task) {
        LeaseTask opens =
                new LeaseTask() {
                    @Override
                    public void run(Lease lease) {
                        // Opening the connection told the version; see BackendSource.
                        lease.release();
                    }

                    @Override
                    public void refused(Fault fault) {
                        version.refused(fault);
                    }
                };
        version.ask(task, () -> borrow(opens, target.pool().patience()));
    }

    private void dispatch(Waiter waiter) {
        try {
            workers.execute(() -> Onward.follow(serve(waiter)));
        } catch (RejectedExecutionException e) {
            waiter.task.refused(Faults.shuttingDown());
            giveBackPermit();
        }
    }

    private void giveBackPermit() {
        Onward next = successor();
        if (next != null) {
            try {
                workers.execute(() -> Onward.follow(next));
            } catch (RejectedExecutionException e) {
                // Closing: whoever waits was refused by close, which empties the queue first.
                lock.lock();
                try {
                    busy--;
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** On a worker, with a permit. */
    private @Nullable Onward serve(Waiter first) {
        Waiter waiter = first;
        while (waiter != null) {
            Lease lease;
            try {
                lease = open();
            } catch (Refusal refusal) {
                // The permit goes on first: whoever hears of the refusal may look at the figures.
                LeaseTask refused = waiter.task;
                waiter = next();
                refused.refused(refusal.fault());
                continue;
            }
            borrowed.increment();
            LeaseTask task = waiter.task;
            return lease.begin(() -> task.run(lease));
        }
        return null;
    }

    private Lease open() throws Refusal {
        Backends.Borrowed backend = backends.borrow();
        Lease lease = new Lease(this, target, backend, workers, CHECKOUTS.incrementAndGet());
        leases.add(lease);
        return lease;
    }

    /**
     * The lease is over and its connection given back; the next borrower is served by what is
     * returned, or the permit is free.
     */
    @Nullable Onward returned(Lease lease) {
        leases.remove(lease);
        return successor();
    }

    private @Nullable Onward successor() {
        Waiter waiter = next();
        return waiter == null ? null : () -> serve(waiter);
    }

    /** Passes the caller's permit to the next borrower, or frees it. */
    private @Nullable Waiter next() {
        lock.lock();
        try {
            Waiter waiter = queue.poll();
            if (waiter == null) {
                busy--;
                return null;
            }
            waiter.answered = true;
            waitedNanos.add(nanoTime.getAsLong() - waiter.since);
            ScheduledFuture<?> timeout = waiter.timeout;
            if (timeout != null) {
                timeout.cancel(false);
            }
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    private void timedOut(Waiter waiter, Duration patience) {
        if (waiter.leave()) {
            timeouts.increment();
            waitedNanos.add(nanoTime.getAsLong() - waiter.since);
            waiter.task.refused(Faults.poolTimeout(target.name(), target.pool().size(), patience));
        }
    }

    Backends backends() {
        return backends;
    }

    /** What this pool does now. */
    public PoolFigures figures() {
        Map<String, Integer> pins = new HashMap<>();
        for (Lease lease : leases) {
            lease.pins().forEach(reason -> pins.merge(reason, 1, Integer::sum));
        }
        lock.lock();
        try {
            return new PoolFigures(
                    target.name(),
                    target.kind().name(),
                    target.pool().size(),
                    busy,
                    backends.idle(),
                    queue.size(),
                    borrowed.sum(),
                    timeouts.sum(),
                    refusals.sum(),
                    waitedNanos.sum(),
                    pins);
        } finally {
            lock.unlock();
        }
    }

    /** Refuses whoever waits and whoever comes; leases given out live on. */
    void retire() {
        ArrayDeque<Waiter> refused;
        lock.lock();
        try {
            closed = true;
            refused = new ArrayDeque<>(queue);
            queue.clear();
            refused.forEach(waiter -> {
                waiter.answered = true;
                ScheduledFuture<?> timeout = waiter.timeout;
                if (timeout != null) {
                    timeout.cancel(false);
                }
            });
        } finally {
            lock.unlock();
        }
        refused.forEach(waiter -> waiter.task.refused(Faults.shuttingDown()));
    }

    /** Whether no lease is out. */
    boolean quiet() {
        lock.lock();
        try {
            return busy == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Closes every backend connection; leases still out are cut off. */
    void close() {
        retire();
        leases.forEach(Lease::abort);
        backends.close();
    }

    private final class Waiter implements Waiting {
        private final LeaseTask task;
        private final long since;
        // Both guarded by the pool's lock.
        private boolean answered;
        private @Nullable ScheduledFuture<?> timeout;

        Waiter(LeaseTask task, long since) {
            this.task = task;
            this.since = since;
        }

        @Override
        public boolean giveUp() {
            return leave();
        }

        private boolean leave() {
            lock.lock();
            try {
                if (answered || !queue.remove(this)) {
                    return false;
                }
                answered = true;
                if (timeout != null) {
                    timeout.cancel(false);
                }
                return true;
            } finally {
                lock.unlock();
            }
        }
    }
}
