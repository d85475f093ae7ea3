package io.gatehouse.server.pool;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The backend connections of one logical connection, and the fair queue in front of them. Nobody
 * blocks while waiting. Thread-safe.
 */
public final class Pool {
    private static final AtomicLong CHECKOUTS = new AtomicLong();

    private final LogicalConnection target;
    private final Threads threads;
    private final LongSupplier nanoTime;
    private final Backends backends;
    private final ServerVersion version = new ServerVersion();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Lease, Place> leases = new ConcurrentHashMap<>();
    private final SlowSlots slots;
    private final FairQueue queue;
    private final Reasons reasons;
    private final Permits permits;
    private final Keeping keeping;
    private boolean closed;
    private final Tally tally = new Tally();

    Pool(LogicalConnection target, Threads threads) {
        this.target = target;
        this.threads = threads;
        this.nanoTime = threads.nanoTime();
        this.backends = new Backends(target, threads, version);
        this.slots = new SlowSlots(target.pool(), leases.values());
        this.queue = new FairQueue(target.pool(), slots);
        this.permits = new Permits(target.pool().size(), backends::exhausted);
        this.keeping = new Keeping(lock, permits, backends, threads, target.pool());
        this.reasons = new Reasons(target, queue);
    }

    /** The logical connection that this pool serves. */
    public LogicalConnection target() {
        return target;
    }

    /**
     * Asks for a lease. Never blocks. The borrowers of a user are served in the order in which they
     * asked, users in turn, and slow statements only while they leave connections for quick ones.
     *
     * @param user whose turn it takes; empty for the broker itself
     * @param fingerprint of the statement; empty where there is none
     * @param patience the longest wait in the queue; above zero
     */
    public Waiting borrow(LeaseTask task, String user, String fingerprint, Duration patience) {
        long now = nanoTime.getAsLong();
        boolean slow = slots.isSlow(fingerprint);
        Place place;
        Fault refusal = null;
        boolean served = false;
        lock.lock();
        try {
            place = new Place(task, queue.share(user), fingerprint, now, threads.here());
            place.slow = slow;
            if (closed) {
                refusal = Faults.shuttingDown();
            } else if (permits.free() && queue.mayRun(place, now)) {
                permits.take(place);
                queue.begin(place);
                served = true;
            } else {
                refusal = enqueue(place, patience);
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            task.refused(refusal);
        } else if (served) {
            dispatch(place);
        }
        return () -> giveUp(place);
    }

    /** The place joins the queue; or why it cannot. */
    private @Nullable Fault enqueue(Place place, Duration patience) {
        Fault refusal = reasons.hopeless(place, patience);
        if (refusal == null && !makeRoom(place)) {
            refusal = reasons.full(place);
        }
        if (refusal != null) {
            place.answer();
            tally.refused();
            queue.forget(place.share);
            return refusal;
        }
        queue.add(place);
        place.timeout =
                threads.timer()
                        .schedule(
                                () -> timedOut(place, patience),
                                patience.toNanos(),
                                TimeUnit.NANOSECONDS);
        return null;
    }

    /** Whether the place may wait; someone of a user with more of them may have to give way. */
    private boolean makeRoom(Place place) {
        PoolSettings settings = target.pool();
        if (place.share.waiting() >= settings.waitingPerUser()) {
            return false;
        }
        if (queue.size() < settings.waiting()) {
            return true;
        }
        Place displaced = queue.displace(place.share);
        if (displaced == null) {
            return false;
        }
        tally.refused();
        Fault told = reasons.full(displaced);
        threads.timer().execute(() -> displaced.task.refused(told));
        return true;
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
        version.ask(task, () -> borrow(version, "", "", target.pool().patience()));
    }

    private void dispatch(Place place) {
        try {
            threads.calls(place.workplace()).execute(() -> Onward.follow(serve(place)));
        } catch (RejectedExecutionException e) {
            place.task.refused(Faults.shuttingDown());
            giveBackPermit(place);
        }
    }

    private void giveBackPermit(Place place) {
        Onward next = successor(place, place.kept);
        if (next != null) {
            try {
                threads.calls().execute(() -> Onward.follow(next));
            } catch (RejectedExecutionException e) {
                // Closing: whoever waits was refused by close, which empties the queue first.
                lock.lock();
                try {
                    permits.giveBack();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** On a worker, with a permit. */
    private @Nullable Onward serve(Place first) {
        Place place = first;
        while (place != null) {
            Lease lease;
            try {
                lease = open(place);
            } catch (Refusal refusal) {
                // The permit goes on first: whoever hears of the refusal may look at the figures.
                LeaseTask refused = place.task;
                place = next(place, null);
                refused.refused(refusal.fault());
                continue;
            }
            tally.served();
            return lease.begin(() -> lease.place().task.run(lease));
        }
        return null;
    }

    private Lease open(Place place) throws Refusal {
        Backends.Borrowed backend = keeping.open(place);
        Lease lease = new Lease(this, target, backend, threads, place, CHECKOUTS.incrementAndGet());
        leases.put(lease, place);
        return lease;
    }

    /**
     * The lease is over and its connection given back; the next borrower is served by what is
     * returned, or the permit is free.
     *
     * @param kept its connection where that is still to be given back or kept
     */
    @Nullable Onward returned(Lease lease, Permits.@Nullable Kept kept) {
        leases.remove(lease);
        return successor(lease.place(), kept);
    }

    private @Nullable Onward successor(Place ended, Permits.@Nullable Kept kept) {
        Place place = next(ended, kept);
        return place == null ? null : () -> serve(place);
    }

    /** Passes the permit of a place to the next borrower, or frees it. */
    private @Nullable Place next(Place ended, Permits.@Nullable Kept kept) {
        Place place;
        boolean more;
        lock.lock();
        try {
            queue.end(ended);
            keeping.keep(kept);
            place = queue.size() > 0 ? take(kept == null ? null : kept.loop()) : null;
            if (place == null) {
                permits.giveBack();
            } else {
                permits.pass(place);
            }
            more = queue.size() > 0 && permits.free();
        } finally {
            lock.unlock();
        }
        if (more) {
            serveFree();
        }
        return place;
    }

    private @Nullable Place take(@Nullable Executor near) {
        long now = nanoTime.getAsLong();
        Place place = queue.next(now, near);
        if (place != null) {
            tally.waited(now - place.since);
        }
        return place;
    }

    /** Serves whoever no longer has to wait although connections were free all along. */
    private void serveFree() {
        Place place = takeFree();
        while (place != null) {
            dispatch(place);
            place = takeFree();
        }
    }

    private @Nullable Place takeFree() {
        lock.lock();
        try {
            Place place = permits.free() ? take(null) : null;
            if (place != null) {
                permits.take(place);
            }
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** A statement on the lease of this place ended. On the lease's worker. */
    void ended(Place place, String fingerprint, long nanos, boolean finished) {
        place.rests();
        slots.took(fingerprint, nanos, finished);
        if (!place.slow) {
            return;
        }
        lock.lock();
        try {
            slots.give(place);
        } finally {
            lock.unlock();
        }
        serveFree();
    }

    private boolean giveUp(Place place) {
        lock.lock();
        try {
            boolean waits = !place.answered && queue.remove(place);
            if (waits) {
                place.answer();
            }
            return waits;
        } finally {
            lock.unlock();
        }
    }

    private void timedOut(Place place, Duration patience) {
        Fault fault;
        lock.lock();
        try {
            if (!giveUp(place)) {
                return;
            }
            fault = reasons.inVain(place, patience);
        } finally {
            lock.unlock();
        }
        tally.timedOut(nanoTime.getAsLong() - place.since);
        place.task.refused(fault);
    }

    /** Whoever had that checkout does not come back for its connection. Never blocks. */
    public void forgo(long checkout) {
        keeping.forgo(checkout);
    }

    Keeping keeping() {
        return keeping;
    }

    Backends backends() {
        return backends;
    }

    /** What this pool does now. */
    public PoolFigures figures() {
        Map<String, Integer> pins = new HashMap<>();
        for (Lease lease : leases.keySet()) {
            lease.pins().forEach(reason -> pins.merge(reason, 1, Integer::sum));
        }
        long now = nanoTime.getAsLong();
        PoolFigures.Circuit circuit = backends.circuit(now);
        lock.lock();
        try {
            return new PoolFigures(
                    target.name(),
                    target.kind().name(),
                    target.pool().size(),
                    permits.busy(),
                    backends.idle() + permits.kept(),
                    queue.size(),
                    tally.borrowed(),
                    tally.timeouts(),
                    tally.refusals(),
                    tally.waitedNanos(),
                    pins,
                    queue.waitingByUser(),
                    new PoolFigures.Slow(
                            slots.most(), slots.taken(now), queue.slowWaiting(), slots.known()),
                    circuit);
        } finally {
            lock.unlock();
        }
    }

    /** Refuses whoever waits and whoever comes; leases given out live on. */
    void retire() {
        List<Place> refused;
        lock.lock();
        try {
            closed = true;
            refused = queue.clear();
        } finally {
            lock.unlock();
        }
        keeping.end();
        refused.forEach(place -> place.task.refused(Faults.shuttingDown()));
    }

    /** Whether no lease is out. */
    boolean quiet() {
        lock.lock();
        try {
            return permits.busy() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Closes every backend connection; leases still out are cut off. */
    void close() {
        retire();
        leases.keySet().forEach(Lease::abort);
        backends.close();
    }
}
