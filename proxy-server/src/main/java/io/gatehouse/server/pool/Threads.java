package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * What a pool's work runs on.
 *
 * @param calls calls to the backend
 * @param blocking what may block its thread for long: cancels, cutting connections off
 * @param loops what the backend's sockets are on; null where drivers make their own
 * @param nanoTime as {@link System#nanoTime()}
 */
record Threads(
        Executor calls,
        Executor blocking,
        @Nullable Loops loops,
        ScheduledExecutorService timer,
        LongSupplier nanoTime) {
    /** The same, but for calls to backends whose sockets are on the event loops. */
    Threads on(LoopWorkers workers) {
        return new Threads(workers, blocking, workers.loops(), timer, nanoTime);
    }

    /** Where calls on a connection run best that this loop watches; null for no loop. */
    Executor calls(@Nullable Executor loop) {
        return loop != null && calls instanceof LoopWorkers workers ? workers.on(loop) : calls;
    }

    /** The loop that the calling thread is; null where it is none, or calls do not run on any. */
    @Nullable Executor here() {
        return loops == null ? null : loops.here();
    }

    /** Whether a call wakes a thread of its own; one on an event loop has nobody to wake. */
    boolean callsWake() {
        return loops == null;
    }
}
