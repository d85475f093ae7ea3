package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * How many leases of a pool may be out, and which idle connections are kept for whoever had them
 * last. Leases and kept connections together are never more than the pool's size, so that HikariCP
 * has a connection, or room for one, for every lease that gets none of the kept ones. Guarded by
 * the pool's lock. See docs/decisions/0005-connections-kept-for-their-owners.md.
 */
final class Permits {
    private final int size;
    private final BooleanSupplier noOther;
    private final Map<Long, Kept> kept = new LinkedHashMap<>();
    private int busy;

    /**
     * A connection on which its last borrower left something that it may ask for.
     *
     * @param checkout the lease that ended
     * @param until from when on it is nobody's
     */
    record Kept(long checkout, Backends.Borrowed backend, long until) {}

    /**
     * @param noOther whether HikariCP is likely to have no connection for a lease although there is
     *     room for one; asked only while connections are kept
     */
    Permits(int size, BooleanSupplier noOther) {
        this.size = size;
        this.noOther = noOther;
    }

    int busy() {
        return busy;
    }

    int kept() {
        return kept.size();
    }

    /** Whether there may be one more lease. */
    boolean free() {
        return busy < size;
    }

    /** One more lease. */
    void take(Place place) {
        busy++;
        pass(place);
    }

    /** One lease for another that has ended. */
    void pass(Place place) {
        if (kept.isEmpty()) {
            return;
        }
        place.kept = kept.remove(place.task.follows());
        if (place.kept == null && (busy + kept.size() > size || noOther.getAsBoolean())) {
            place.kept = oldest();
        }
    }

    /** One lease fewer. */
    void giveBack() {
        busy--;
    }

    /** Takes out the connection that was kept for longest, if there is any. */
    @Nullable Kept oldest() {
        Map.Entry<Long, Kept> first = kept.entrySet().stream().findFirst().orElse(null);
        return first == null ? null : kept.remove(first.getKey());
    }

    /** The connection of a lease that is just about to end. */
    void keep(Kept ended) {
        kept.put(ended.checkout(), ended);
    }

    /** Takes out the connection of that lease, if it is kept. */
    @Nullable Kept forgo(long checkout) {
        return kept.remove(checkout);
    }

    /** Takes out what has been kept for long enough. */
    List<Kept> over(long now) {
        List<Kept> over = new ArrayList<>();
        for (Iterator<Kept> each = kept.values().iterator(); each.hasNext(); ) {
            Kept one = each.next();
            if (one.until() - now <= 0) {
                over.add(one);
                each.remove();
            }
        }
        return over;
    }

    /** In how long the next one is; above zero, and only while there is one. */
    long untilNext(long now) {
        return kept.values().stream().mapToLong(one -> one.until() - now).min().orElse(1);
    }

    /** Takes out everything. */
    List<Kept> clear() {
        List<Kept> all = List.copyOf(kept.values());
        kept.clear();
        return all;
    }
}
