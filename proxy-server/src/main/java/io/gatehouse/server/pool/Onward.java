package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

/**
 * Work on a worker that may leave more behind it. It is returned rather than called, because under
 * load one thing follows another without end, and a call for each would overflow the stack.
 */
@FunctionalInterface
interface Onward {
    /** Does it; returns what comes next on this worker, or null. */
    @Nullable Onward go();

    /** Does it and everything that follows. */
    static void follow(@Nullable Onward first) {
        Onward next = first;
        while (next != null) {
            next = next.go();
        }
    }
}
