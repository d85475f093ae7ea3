package io.gatehouse.server.pool;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Why a borrower gets no lease. Guarded by the pool's lock. */
final class Reasons {
    private final String name;
    private final PoolSettings settings;
    private final FairQueue queue;

    Reasons(LogicalConnection target, FairQueue queue) {
        this.name = target.name();
        this.settings = target.pool();
        this.queue = queue;
    }

    /** It is known already that the place would wait in vain; null where it is not. */
    @Nullable Fault hopeless(Place place, Duration patience) {
        long limit = patience.toNanos();
        long expected = queue.expectedWait(place, limit);
        return expected <= limit
                ? null
                : Faults.poolTooSlow(
                        name,
                        queue.size(),
                        Duration.ofNanos(expected),
                        patience,
                        Duration.ofNanos(expected - limit));
    }

    /** There is no room in the queue. */
    Fault full(Place place) {
        int most = settings.waitingPerUser();
        return most < settings.waiting() && place.share.waiting() >= most
                ? Faults.userQueueFull(name, most)
                : Faults.poolFull(name, settings.size(), queue.size(), queue.users());
    }

    /** It waited, and nothing became free for it. */
    Fault inVain(Place place, Duration patience) {
        int most = settings.connectionsPerUser();
        if (most < settings.size() && place.share.running >= most) {
            return Faults.userBusy(name, most, patience);
        }
        return place.slow
                ? Faults.slowBusy(name, settings.slowConnections(), patience)
                : Faults.poolTimeout(name, settings.size(), patience, queue.size());
    }
}
