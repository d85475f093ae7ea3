package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;

/**
 * The event loops, as far as calls to backends use them: virtual threads that a loop carries, which
 * wait for sockets that a loop watches. Thread-safe.
 */
public interface Loops {
    /** The loop that the calling thread is; null for every other thread. */
    @Nullable Executor here();

    /** Runs tasks on the loop that the calling thread is; elsewhere on any of them. */
    Executor carrier();

    /**
     * A new connection, not connected yet.
     *
     * @param loop which is to watch its socket; null for any
     */
    Link link(@Nullable Executor loop);
}
