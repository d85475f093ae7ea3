package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

/** What one user has of a pool. Guarded by the pool's lock. */
final class Share {
    final String user;
    final Line quick = new Line(this);
    final Line slow = new Line(this);

    /** Leases. */
    int running;

    /** Its statements ask for generated keys. Any thread. */
    volatile boolean asksForKeys;

    Share(String user) {
        this.user = user;
    }

    int waiting() {
        return quick.size() + slow.size();
    }

    boolean unused() {
        return running == 0 && waiting() == 0;
    }

    /** Where the place belongs. */
    Line line(Place place) {
        return place.slow ? slow : quick;
    }

    /** Whoever came last of those who wait. */
    @Nullable Place newest() {
        Place one = quick.last();
        Place other = slow.last();
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.since - other.since > 0 ? one : other;
    }
}
