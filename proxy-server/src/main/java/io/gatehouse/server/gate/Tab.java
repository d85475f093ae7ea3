package io.gatehouse.server.gate;

import java.util.concurrent.atomic.AtomicBoolean;

/** What one statement has running at limits until it ends. Thread-safe. */
final class Tab {
    /** Of a statement whose end nobody has to know of. */
    static final Tab NONE = new Tab((rows, bytes) -> {});

    /** Told once, at the end. */
    @FunctionalInterface
    interface Settlement {
        void settle(long rows, long bytes);
    }

    private final Settlement settlement;
    private final AtomicBoolean settled = new AtomicBoolean();

    Tab(Settlement settlement) {
        this.settlement = settlement;
    }

    void settle(long rows, long bytes) {
        // Asked before it is set: one that has nothing to settle is shared by all threads.
        if (!settled.get() && settled.compareAndSet(false, true)) {
            settlement.settle(rows, bytes);
        }
    }
}
