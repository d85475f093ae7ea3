package io.gatehouse.server.pool;

import java.util.function.LongSupplier;

/**
 * Which idle connections may be dead. One that breaks is seldom alone: after a restart of the
 * backend all that were idle at that time are stale. Thread-safe.
 */
final class Suspicion {
    private final LongSupplier nanoTime;
    private volatile boolean raised;
    private volatile long since;

    Suspicion(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A connection broke. */
    void raise() {
        since = nanoTime.getAsLong();
        raised = true;
    }

    /** The connection was alive just now. */
    void answered(Backing backing) {
        backing.answered(nanoTime.getAsLong());
    }

    /** Whether to ask the connection before it is used. */
    boolean suspects(Backing backing) {
        RowTap tap = backing.tap();
        // What a server says unasked may be a farewell.
        return (raised && backing.lastAnswer() - since <= 0) || (tap != null && tap.unread());
    }
}
