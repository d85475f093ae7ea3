package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A byte stream to a server and back that waits without holding a loop up: a virtual thread that
 * has to wait is suspended. One thread at a time may read, and one write; the rest is thread-safe.
 */
public interface Link {
    /**
     * Connects.
     *
     * @throws java.net.SocketTimeoutException when it takes longer than the patience; zero for no
     *     limit
     */
    void connect(SocketAddress server, Duration patience) throws IOException;

    /**
     * Waits for bytes.
     *
     * @param patience zero for no limit
     * @return how many were read, at least one; -1 at the end of the stream
     * @throws java.net.SocketTimeoutException when the patience is over
     */
    int read(byte[] into, int offset, int count, Duration patience) throws IOException;

    /** How many bytes can be read without waiting. */
    int available();

    /** Whether nothing will come any more but what is available. */
    boolean isEnded();

    /** Takes bytes to be sent; waits while too many are on their way. */
    void write(byte[] bytes, int offset, int count) throws IOException;

    /** The loop that watches its socket, on which waits for it end; null until it is connected. */
    @Nullable Executor loop();

    /** Closes the connection; whoever reads or writes gets an exception. */
    void close();
}
