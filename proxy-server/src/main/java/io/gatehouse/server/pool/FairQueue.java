package io.gatehouse.server.pool;

import io.gatehouse.server.directory.PoolSettings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Who waits for a lease, and who comes next. Users take turns, and so do quick and slow statements
 * as long as a slow one may run: neither a long line nor long statements keep others waiting.
 * Guarded by the pool's lock.
 */
final class FairQueue {
    /** So many users are remembered who have nothing in the pool, to spare their return. */
    private static final int REMEMBERED = 256;

    /** Connections of one user; without a limit where that is all of them. */
    private final int mostPerUser;

    private final SlowSlots slots;
    private final Map<String, Share> shares = new HashMap<>();
    private final Lane quick = new Lane();
    private final Lane slow = new Lane();
    private boolean slowTurn;

    FairQueue(PoolSettings settings, SlowSlots slots) {
        int most = settings.connectionsPerUser();
        this.mostPerUser = most < settings.size() ? most : Integer.MAX_VALUE;
        this.slots = slots;
    }

    Share share(String user) {
        return shares.computeIfAbsent(user, Share::new);
    }

    int size() {
        return quick.waiting() + slow.waiting();
    }

    /** Whether the place could be served now, were there a connection for it. */
    boolean mayRun(Place place, long now) {
        return place.share.running < mostPerUser && (!place.slow || slots.free(now));
    }

    /** The place becomes a lease. */
    void begin(Place place) {
        place.answer();
        Share share = place.share;
        share.running++;
        if (share.running >= mostPerUser) {
            quick.pause(share.quick);
            slow.pause(share.slow);
        }
        if (place.slow) {
            slots.take();
        }
    }

    /** The lease is over. */
    void end(Place place) {
        Share share = place.share;
        share.running--;
        quick.resume(share.quick);
        slow.resume(share.slow);
        slots.give(place);
        forget(share);
    }

    /** Keeps no account of users with nothing in the pool, where they are many. */
    void forget(Share share) {
        if (share.unused() && shares.size() > REMEMBERED) {
            shares.remove(share.user);
        }
    }

    /** The place waits. */
    void add(Place place) {
        Lane lane = lane(place);
        lane.add(place.share.line(place), place);
        if (place.share.running < mostPerUser) {
            lane.resume(place.share.line(place));
        }
    }

    /** The place waits no longer; false where it did not. */
    boolean remove(Place place) {
        boolean removed = lane(place).remove(place.share.line(place), place);
        forget(place.share);
        return removed;
    }

    private Lane lane(Place place) {
        return place.slow ? slow : quick;
    }

    /**
     * Takes out whoever may run next, and begins it; null where nobody may.
     *
     * @param near where a client would be served best; null for anywhere
     */
    @Nullable Place next(long now, @Nullable Executor near) {
        while (quick.hasNext() || slow.hasNext()) {
            boolean slowMay = slow.hasNext() && slots.free(now);
            if (!slowMay && !quick.hasNext()) {
                return null;
            }
            Lane lane = slowMay && (slowTurn || !quick.hasNext()) ? slow : quick;
            Place place = lane.take(near);
            if (place == null) {
                return null;
            }
            if (lane == quick && slots.isSlow(place.fingerprint)) {
                // It was not known when the place was taken.
                place.slow = true;
                add(place);
                continue;
            }
            slowTurn = lane == quick;
            begin(place);
            lane.served(now);
            return place;
        }
        return null;
    }

    /**
     * Takes out whoever makes room for one more of this user when the queue is full: the newest of
     * the user with the most who wait; null where that is no other, or hardly has more.
     */
    @Nullable Place displace(Share share) {
        Share longest = share;
        for (Share other : shares.values()) {
            if (other.waiting() > longest.waiting()) {
                longest = other;
            }
        }
        Place newest = longest.waiting() > share.waiting() + 1 ? longest.newest() : null;
        if (newest != null) {
            newest.answer();
            remove(newest);
        }
        return newest;
    }

    /** See {@link Lane#expectedWait}. */
    long expectedWait(Place place, long patience) {
        return lane(place).expectedWait(place.share.line(place), patience);
    }

    /** Takes everyone out. */
    List<Place> clear() {
        List<Place> all = new ArrayList<>();
        for (Share share : shares.values()) {
            for (Place place = share.newest(); place != null; place = share.newest()) {
                place.answer();
                lane(place).remove(share.line(place), place);
                all.add(place);
            }
        }
        return all;
    }

    /** How many requests of each user wait; only of those who do. */
    Map<String, Integer> waitingByUser() {
        Map<String, Integer> waiting = new TreeMap<>();
        for (Share share : shares.values()) {
            if (share.waiting() > 0) {
                waiting.put(share.user, share.waiting());
            }
        }
        return waiting;
    }

    int users() {
        return waitingByUser().size();
    }

    int slowWaiting() {
        return slow.waiting();
    }
}
