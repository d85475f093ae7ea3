package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the sockets of MariaDB's driver, which finds it by its name, so that a connection's socket
 * is known to who opened it. The driver also opens connections to cancel: theirs are nobody's.
 */
public final class KnownSocketFactory extends ConfigurableSocketFactory {
    /** The driver's property that names an {@link Opening}. */
    static final String KEY = "gatehouseOpening";

    private static final Map<String, Opening> OPENINGS = new ConcurrentHashMap<>();

    private @Nullable Opening opening;

    /** For the driver. */
    public KnownSocketFactory() {}

    /** One connection that is being opened. */
    static final class Opening implements AutoCloseable {
        private final String key = UUID.randomUUID().toString();
        private volatile @Nullable Socket socket;

        Opening() {
            OPENINGS.put(key, this);
        }

        String key() {
            return key;
        }

        /** The socket of the connection that was opened. */
        @Nullable Socket socket() {
            return socket;
        }

        @Override
        public void close() {
            OPENINGS.remove(key);
        }
    }

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        String key = configuration.nonMappedOptions().getProperty(KEY);
        opening = key == null ? null : OPENINGS.get(key);
    }

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        if (opening != null) {
            // A second try, at another address, has a socket of its own.
            opening.socket = socket;
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("MariaDB's driver connects its sockets itself");
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
