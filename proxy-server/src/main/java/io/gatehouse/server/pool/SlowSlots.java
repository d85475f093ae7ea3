package io.gatehouse.server.pool;

import io.gatehouse.server.directory.PoolSettings;

import java.util.Collection;

/**
 * The connections of a pool that slow statements may have at once. A statement is slow when it was
 * slow lately, or when it has been running for too long already. Guarded by the pool's lock where
 * nothing else is said.
 */
final class SlowSlots {
    /** Leases are looked through no more often than this part of the threshold. */
    private static final int GLANCES = 10;

    private final int most;
    private final boolean limited;
    private final long threshold;
    private final Slowness slowness;
    private final Collection<Place> running;
    private int taken;
    private long looked;
    private boolean everLooked;

    /**
     * @param running whatever has a lease; may change meanwhile
     */
    SlowSlots(PoolSettings settings, Collection<Place> running) {
        this.most = settings.slowConnections();
        this.limited = most < settings.size();
        this.threshold = settings.slow().after().toNanos();
        this.slowness = new Slowness(threshold);
        this.running = running;
    }

    /** Whether statements like this one are slow; never where all connections are for them. */
    boolean isSlow(String fingerprint) {
        return limited && slowness.isSlow(fingerprint);
    }

    /** A statement took that long, to its own end or not. Any thread, without the lock. */
    void took(String fingerprint, long nanos, boolean finished) {
        // How soon one fails says nothing of the next one.
        if (limited && (finished || nanos >= threshold)) {
            slowness.took(fingerprint, nanos);
        }
    }

    /** Whether one more slow statement may run. */
    boolean free(long now) {
        if (taken < most) {
            look(now);
        }
        return taken < most;
    }

    /** Finds what was taken for quick and runs for too long. */
    private void look(long now) {
        if (!limited || (everLooked && now - looked < threshold / GLANCES)) {
            return;
        }
        everLooked = true;
        looked = now;
        for (Place place : running) {
            if (!place.slow && place.worksLongerThan(threshold, now)) {
                place.slow = true;
                taken++;
                if (!place.worksLongerThan(threshold, now)) {
                    // It ended meanwhile, and may not have seen that it had become slow.
                    give(place);
                }
            }
        }
    }

    void take() {
        taken++;
    }

    /** The statement is over, or its lease is. */
    void give(Place place) {
        if (place.slow) {
            place.slow = false;
            taken--;
        }
    }

    /** Connections with slow statements now. */
    int taken(long now) {
        look(now);
        return taken;
    }

    int most() {
        return most;
    }

    int known() {
        return slowness.known();
    }
}
