package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/**
 * Wakes calls whose link is ready. Only these go on on the event loop that woke them: a call that
 * waited for a lock may hold another one that the loop itself is waiting for by now, so that it has
 * to go on elsewhere.
 */
public final class Wake {
    private static final ThreadLocal<Boolean> UNDER_WAY = ThreadLocal.withInitial(() -> false);

    private Wake() {}

    /** Lets a thread go on that waits in a {@link Link}; null for nobody. Called on a loop. */
    public static void up(@Nullable Thread waiting) {
        if (waiting == null) {
            return;
        }
        UNDER_WAY.set(true);
        try {
            LockSupport.unpark(waiting);
        } finally {
            UNDER_WAY.set(false);
        }
    }

    /** Whether the calling thread is just waking a call for its link. */
    static boolean isUnderWay() {
        return UNDER_WAY.get();
    }
}
