package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Executor;

/** Those of one user who wait in one lane, in the order in which they came. */
final class Line {
    /** Whoever is so near the first may come before it. */
    private static final int REACH = 8;

    /** So often the first may be passed over. */
    private static final int PATIENCE = 4;

    private final Share share;
    private final ArrayDeque<Place> places = new ArrayDeque<>(2);

    /** Whether its lane gives it turns. */
    boolean inTurn;

    private int passedOver;

    Line(Share share) {
        this.share = share;
    }

    Share share() {
        return share;
    }

    int size() {
        return places.size();
    }

    void add(Place place) {
        places.add(place);
    }

    /**
     * Takes out the first, or one close behind it whose client is on that loop. So that nobody
     * waits for the others' sake, the first is passed over a few times only.
     */
    @Nullable Place take(@Nullable Executor near) {
        if (near != null && passedOver < PATIENCE) {
            int looked = 0;
            for (Iterator<Place> each = places.iterator(); each.hasNext() && looked < REACH; ) {
                Place place = each.next();
                if (near.equals(place.loop)) {
                    each.remove();
                    passedOver = looked == 0 ? 0 : passedOver + 1;
                    return place;
                }
                looked++;
            }
        }
        passedOver = 0;
        return places.poll();
    }

    @Nullable Place last() {
        return places.peekLast();
    }

    boolean remove(Place place) {
        return places.remove(place);
    }
}
