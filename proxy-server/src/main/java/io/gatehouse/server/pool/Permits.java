package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * How many leases of a pool may be out, and which idle connections are not HikariCP's: those that
 * are kept for whoever had them last, and those on the shelf. Leases and these together are never
 * more than the pool's size, so that HikariCP has a connection, or room for one, for every lease
 * that gets none of them. Guarded by the pool's lock. See
 * docs/decisions/0005-connections-kept-for-their-owners.md.
 */
final class Permits {
    private final int size;
    private final BooleanSupplier noOther;
    private final Map<Long, Kept> kept = new LinkedHashMap<>();
    private final Shelf shelf = new Shelf();
    private int busy;

    /**
     * An idle connection that HikariCP does not have back yet.
     *
     * @param checkout the lease that ended, whose borrower left something that it may ask for;
     *     {@link #ANYBODY} where it is on the shelf
     * @param until when HikariCP gets it
     */
    record Kept(long checkout, Backends.Borrowed backend, long until) {
        /** No lease has this number, and none follows it. */
        static final long ANYBODY = -1;

        boolean owned() {
            return checkout != ANYBODY;
        }

        /** That watches its socket; null where none does. */
        @Nullable Executor loop() {
            return backend.backing().loop();
        }
    }

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

    /** Idle connections that HikariCP does not have. */
    int kept() {
        return kept.size() + shelf.size();
    }

    /** Whether any is kept for whoever had it. */
    boolean owned() {
        return !kept.isEmpty();
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
        place.kept = kept.isEmpty() ? null : kept.remove(place.task.follows());
        if (place.kept == null) {
            place.kept = shelf.take(place.loop);
        }
        if (kept.isEmpty()) {
            return;
        }
        if (place.kept == null && (busy + kept.size() > size || noOther.getAsBoolean())) {
            place.kept = oldest();
        }
    }

    /** One lease fewer. */
    void giveBack() {
        busy--;
    }

    /** Takes out one from the shelf, or what was kept for longest, if there is any. */
    @Nullable Kept oldest() {
        Kept idle = shelf.take(null);
        if (idle != null) {
            return idle;
        }
        Map.Entry<Long, Kept> first = kept.entrySet().stream().findFirst().orElse(null);
        return first == null ? null : kept.remove(first.getKey());
    }

    /** The connection of a lease that is just about to end. */
    void keep(Kept ended) {
        Executor loop = ended.loop();
        if (ended.owned() || loop == null) {
            kept.put(ended.checkout(), ended);
        } else {
            shelf.put(loop, ended);
        }
    }

    /** Takes out the connection of that lease, if it is kept. */
    @Nullable Kept forgo(long checkout) {
        return kept.remove(checkout);
    }

    /** Takes out what has been kept for long enough. */
    List<Kept> over(long now) {
        List<Kept> over = shelf.over(now);
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
        return Stream.concat(kept.values().stream(), shelf.all().stream())
                .mapToLong(one -> one.until() - now)
                .min()
                .orElse(1);
    }

    /** Takes out everything. */
    List<Kept> clear() {
        List<Kept> all = new ArrayList<>(kept.values());
        all.addAll(shelf.all());
        kept.clear();
        shelf.clear();
        return all;
    }
}
