package io.gatehouse.server.pool;

import java.util.concurrent.Executor;

/**
 * The event loops, as far as calls to backends use them: virtual threads that a loop carries, which
 * wait for sockets that a loop watches. Thread-safe.
 */
public interface Loops {
    /** Runs tasks on the loop that the calling thread is; elsewhere on any of them. */
    Executor carrier();

    /** A new connection, not connected yet. */
    Link link();
}
