package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** Those of one user who wait in one lane, in the order in which they came. */
final class Line {
    private final Share share;
    private final ArrayDeque<Place> places = new ArrayDeque<>(2);

    /** Whether its lane gives it turns. */
    boolean inTurn;

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

    @Nullable Place take() {
        return places.poll();
    }

    @Nullable Place last() {
        return places.peekLast();
    }

    boolean remove(Place place) {
        return places.remove(place);
    }
}
