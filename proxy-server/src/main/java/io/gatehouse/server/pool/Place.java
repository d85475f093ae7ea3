package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;

/**
 * One borrower's place in a pool: first perhaps in its queue, then among its leases. Guarded by the
 * pool's lock where nothing else is said.
 */
final class Place {
    private static final long AT_REST = Long.MIN_VALUE;

    final LeaseTask task;
    final Share share;
    final String fingerprint;
    final long since;

    /** Where its client is; null where that is no event loop. */
    final @Nullable Executor loop;

    /** The answer has been given, or is about to be. */
    boolean answered;

    /**
     * Waits among the slow, or holds one of the connections that are for slow statements. Written
     * under the lock only.
     */
    volatile boolean slow;

    @Nullable ScheduledFuture<?> timeout;

    /** The connection that its lease gets; null for any that HikariCP has. */
    Permits.@Nullable Kept kept;

    private volatile long workingSince = AT_REST;

    /**
     * @param fingerprint of the statement; empty where there is none
     * @param since when it was asked for
     * @param loop where its client is; null where that is no event loop
     */
    Place(LeaseTask task, Share share, String fingerprint, long since, @Nullable Executor loop) {
        this.task = task;
        this.share = share;
        this.fingerprint = fingerprint;
        this.since = since;
        this.loop = loop;
    }

    /** The loop on which its call runs best; null for any. */
    @Nullable Executor workplace() {
        return kept == null ? loop : kept.loop();
    }

    /** No timeout hits it any more. */
    void answer() {
        answered = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    /** A statement begins on its lease. Any thread. */
    void works(long now) {
        workingSince = now;
    }

    /** Nothing is under way on its lease. Any thread. */
    void rests() {
        workingSince = AT_REST;
    }

    /** Whether a statement has been under way on its lease for at least that long. Any thread. */
    boolean worksLongerThan(long nanos, long now) {
        long began = workingSince;
        return began != AT_REST && now - began >= nanos;
    }
}
