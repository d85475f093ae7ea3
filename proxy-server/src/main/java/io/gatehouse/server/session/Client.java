package io.gatehouse.server.session;

import io.gatehouse.server.wire.Backend;

import java.time.Duration;

/**
 * One client's connection as its session sees it; the network room provides it. Every method may be
 * called from any thread.
 */
public interface Client {
    /** Queues messages behind all earlier ones and flushes them together. */
    void send(Iterable<? extends Backend> messages);

    /** Whether the outbound buffer is below its high-water mark; false asks for fewer rows. */
    boolean isWritable();

    /** Runs a task on this client's event loop, behind all tasks given earlier. */
    void execute(Runnable task);

    /** Runs a task on the event loop after a delay; the returned handle calls it off. */
    Runnable schedule(Runnable task, Duration delay);

    /** While paused, nothing more is read from the client's socket. */
    void pauseReading(boolean paused);

    /**
     * Closes the connection after everything queued was written, and leaves the client time to read
     * it.
     */
    void close();

    /** Closes the connection of a client that has said goodbye, and so waits for nothing. */
    void hangUp();

    /** The peer's address as text, without a port for audit grouping. */
    String address();

    /** Whether the connection is encrypted. */
    boolean encrypted();
}
