package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Idle connections that were used a moment ago, by the loop that watches their socket: a borrower
 * gets one of its client's loop, where no other thread has to be woken for its call. Guarded by the
 * pool's lock.
 */
final class Shelf {
    private final Map<Executor, ArrayDeque<Permits.Kept>> byLoop = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    void put(Executor loop, Permits.Kept idle) {
        byLoop.computeIfAbsent(loop, l -> new ArrayDeque<>()).addLast(idle);
        size++;
    }

    /** Takes out the one used last, of that loop where it has any; null where there is none. */
    Permits.@Nullable Kept take(@Nullable Executor loop) {
        if (size == 0) {
            return null;
        }
        Permits.Kept own = loop == null ? null : last(byLoop.get(loop));
        if (own != null) {
            return own;
        }
        ArrayDeque<Permits.Kept> most = null;
        for (ArrayDeque<Permits.Kept> each : byLoop.values()) {
            if (most == null || each.size() > most.size()) {
                most = each;
            }
        }
        return last(most);
    }

    private Permits.@Nullable Kept last(@Nullable ArrayDeque<Permits.Kept> of) {
        Permits.Kept found = of == null ? null : of.pollLast();
        if (found != null) {
            size--;
        }
        return found;
    }

    /** Takes out what has been here for long enough. */
    List<Permits.Kept> over(long now) {
        List<Permits.Kept> over = new ArrayList<>();
        for (ArrayDeque<Permits.Kept> each : byLoop.values()) {
            while (!each.isEmpty() && each.getFirst().until() - now <= 0) {
                over.add(each.removeFirst());
            }
        }
        size -= over.size();
        return over;
    }

    /** What is here, in no order. */
    List<Permits.Kept> all() {
        return byLoop.values().stream().flatMap(ArrayDeque::stream).toList();
    }

    void clear() {
        byLoop.clear();
        size = 0;
    }
}
