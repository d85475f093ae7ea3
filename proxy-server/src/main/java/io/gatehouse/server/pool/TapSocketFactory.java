package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import javax.net.SocketFactory;

/**
 * Makes pgjdbc's sockets; pgjdbc finds it by its name and tells it the key of an {@link Opening}.
 * Only the connection itself gets a tap: pgjdbc also opens sockets to cancel.
 */
public final class TapSocketFactory extends SocketFactory {
    private static final Map<String, Opening> OPENINGS = new ConcurrentHashMap<>();

    private final Opening opening;

    /**
     * @param key of an opening under way
     */
    public TapSocketFactory(String key) {
        Opening found = OPENINGS.get(key);
        if (found == null) {
            throw new IllegalArgumentException("no connection is being opened under this key");
        }
        this.opening = found;
    }

    /** One connection that is being opened. */
    static final class Opening implements AutoCloseable {
        private final String key = UUID.randomUUID().toString();
        private volatile boolean done;
        private volatile @Nullable RowTap tap;

        private final @Nullable Loops loops;
        private final @Nullable Executor loop;

        /**
         * @param loops null for the JDK's own sockets
         * @param loop which is to watch the socket; null for any
         */
        Opening(@Nullable Loops loops, @Nullable Executor loop) {
            this.loops = loops;
            this.loop = loop;
            OPENINGS.put(key, this);
        }

        String key() {
            return key;
        }

        /** The tap of the connection that was opened. */
        @Nullable RowTap tap() {
            return tap;
        }

        private Socket socket() {
            if (done) {
                return new Socket();
            }
            // A second try, at another address, has a stream of its own.
            RowTap fresh = new RowTap();
            tap = fresh;
            return loops == null
                    ? new RowTap.TapSocket(fresh)
                    : new LinkSocket(loops.link(loop), fresh);
        }

        @Override
        public void close() {
            done = true;
            OPENINGS.remove(key);
        }
    }

    @Override
    public Socket createSocket() {
        return opening.socket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("pgjdbc connects its sockets itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(host, port);
    }
}
