package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * The lines of all users in front of one kind of connection; the users take turns. Guarded by the
 * pool's lock.
 */
final class Lane {
    /** So many served ones make an estimate. */
    private static final int ENOUGH = 16;

    /** How many of the last ones the estimate looks back on. */
    private static final int MEMORY = 32;

    private final ArrayDeque<Line> turns = new ArrayDeque<>();
    private int waiting;

    private long lastServed;
    private int gaps;
    private double gapNanos;

    int waiting() {
        return waiting;
    }

    /** Whether anyone in here has a turn. */
    boolean hasNext() {
        return !turns.isEmpty();
    }

    void add(Line line, Place place) {
        line.add(place);
        waiting++;
    }

    /** The user may have another connection: its line takes turns again, if anyone is in it. */
    void resume(Line line) {
        if (!line.inTurn && line.size() > 0) {
            line.inTurn = true;
            turns.add(line);
        }
    }

    /** The user has all that it may have: its line is passed over. */
    void pause(Line line) {
        if (line.inTurn) {
            line.inTurn = false;
            turns.remove(line);
        }
    }

    /** Takes out whoever is next, best near that loop; their user's turn is over. */
    @Nullable Place take(@Nullable Executor near) {
        Line line = turns.poll();
        if (line == null) {
            return null;
        }
        line.inTurn = false;
        Place place = line.take(near);
        waiting--;
        resume(line);
        return place;
    }

    /** Someone leaves without having been served. */
    boolean remove(Line line, Place place) {
        if (!line.remove(place)) {
            return false;
        }
        waiting--;
        if (line.size() == 0) {
            pause(line);
        }
        return true;
    }

    /** Someone was served out of this lane; how fast that goes tells how long others wait. */
    void served(long now) {
        if (gaps > 0) {
            gapNanos += (now - lastServed - gapNanos) / Math.min(gaps, MEMORY);
        }
        gaps++;
        lastServed = now;
        if (turns.isEmpty()) {
            gaps = 0;
            gapNanos = 0;
        }
    }

    /**
     * How long someone would wait who joined this line now, if those before are served as fast as
     * the last ones were; 0 where too few were, or where it is within the patience in any case.
     */
    long expectedWait(Line joined, long patience) {
        if (gaps < ENOUGH || gapNanos * (waiting + 1) <= patience) {
            return 0;
        }
        int ahead = joined.size();
        for (Line other : turns) {
            if (other != joined) {
                ahead += Math.min(other.size(), joined.size() + 1);
            }
        }
        return (long) (gapNanos * (ahead + 1));
    }
}
