package io.gatehouse.server.pool;

import io.gatehouse.server.directory.PoolSettings;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps connections for their owners, and others beside their loops, and gives back what nobody
 * comes for. Thread-safe.
 */
final class Keeping {
    /** As long as HikariCP lends a connection again without asking whether it is alive. */
    private static final long ON_SHELF = Duration.ofMillis(500).toNanos();

    private final ReentrantLock lock;
    private final Permits permits;
    private final Backends backends;
    private final Threads threads;
    private final PoolSettings settings;
    private final long lifetime;
    private final long period;

    /** Written under the lock: something is kept for its owner. */
    private volatile boolean owned;

    private boolean sweeps;
    private boolean over;

    /**
     * @param lock the pool's
     */
    Keeping(
            ReentrantLock lock,
            Permits permits,
            Backends backends,
            Threads threads,
            PoolSettings settings) {
        this.lock = lock;
        this.permits = permits;
        this.backends = backends;
        this.threads = threads;
        this.settings = settings;
        this.lifetime = settings.maxLifetime().toNanos();
        long kept = settings.keepForOwner().toNanos();
        this.period = kept == 0 ? ON_SHELF : Math.min(ON_SHELF, kept);
    }

    /**
     * Until when to keep a connection; null for not at all. One that HikariCP would replace by now
     * is not kept from it.
     *
     * @param before what it was kept for already; null where the time begins anew
     */
    @Nullable Long until(Permits.@Nullable Kept before, Backing backing) {
        long now = threads.nanoTime().getAsLong();
        long until = before == null ? now + settings.keepForOwner().toNanos() : before.until();
        return isOld(backing, now) || until - now <= 0 ? null : until;
    }

    /**
     * What is to become of the connection of a lease that ends.
     *
     * @param until when to keep it for its owner; null for not at all
     * @return null where HikariCP is to have it
     */
    Permits.@Nullable Kept ended(long checkout, Backends.Borrowed backend, @Nullable Long until) {
        if (until != null) {
            return new Permits.Kept(checkout, backend, until);
        }
        if (backend.backing().loop() == null) {
            return null;
        }
        long now = threads.nanoTime().getAsLong();
        return isOld(backend.backing(), now)
                ? null
                : new Permits.Kept(Permits.Kept.ANYBODY, backend, now + ON_SHELF);
    }

    private boolean isOld(Backing backing, long now) {
        return lifetime > 0 && now - backing.opened() >= lifetime;
    }

    /** The connection for a place that has a permit; may block. */
    Backends.Borrowed open(Place place) throws Refusal {
        while (true) {
            Permits.Kept kept = place.kept;
            try {
                return kept == null
                        ? backends.borrow(place.loop)
                        : backends.again(kept.backend(), place.loop);
            } catch (Refusal refusal) {
                place.kept = oldest();
                if (place.kept == null) {
                    throw refusal;
                }
            }
        }
    }

    private Permits.@Nullable Kept oldest() {
        lock.lock();
        try {
            return permits.oldest();
        } finally {
            lock.unlock();
        }
    }

    /** Whether any is kept for its owner, as far as a glance without the lock tells. */
    boolean any() {
        return owned;
    }

    /**
     * Keeps the connection of a lease that is just about to end. With the pool's lock held, and
     * before the lease's permit goes on.
     *
     * @param ended null where there is nothing to keep
     */
    void keep(Permits.@Nullable Kept ended) {
        if (ended == null) {
            return;
        }
        if (over) {
            backends.giveBack(ended.backend());
            return;
        }
        permits.keep(ended);
        if (ended.owned()) {
            owned = true;
        }
        if (!sweeps) {
            sweepAfter(period);
        }
    }

    /** One timer for all that is kept, not one for each. */
    private void sweepAfter(long nanos) {
        sweeps = true;
        // What comes meanwhile may have to go sooner than what is there.
        threads.timer().schedule(this::sweep, Math.min(nanos, period), TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        List<Permits.Kept> ended;
        lock.lock();
        try {
            sweeps = false;
            long now = threads.nanoTime().getAsLong();
            ended = permits.over(now);
            owned = permits.owned();
            if (permits.kept() > 0) {
                sweepAfter(permits.untilNext(now));
            }
        } finally {
            lock.unlock();
        }
        giveBack(ended);
    }

    /** Whoever had that checkout does not come back for its connection. Never blocks. */
    void forgo(long checkout) {
        lock.lock();
        try {
            Permits.Kept left = permits.forgo(checkout);
            if (left != null) {
                threads.timer().execute(() -> backends.giveBack(left.backend()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives everything back, and keeps nothing any more. */
    void end() {
        List<Permits.Kept> all;
        lock.lock();
        try {
            over = true;
            all = permits.clear();
        } finally {
            lock.unlock();
        }
        giveBack(all);
    }

    private void giveBack(List<Permits.Kept> all) {
        all.forEach(kept -> backends.giveBack(kept.backend()));
    }
}
