package io.gatehouse.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP forwarder that counts round trips: how often the side that connected speaks after the other
 * one did.
 */
public final class Forwarder implements AutoCloseable {
    private final ServerSocket listener;
    private final Databases.Server server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private volatile boolean serverSpokeLast = true;

    public Forwarder(Databases.Server server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The server as reached through this forwarder. */
    public Databases.Server server() {
        return new Databases.Server(
                "127.0.0.1",
                listener.getLocalPort(),
                server.database(),
                server.user(),
                server.password());
    }

    /** Round trips since the last call. */
    public int takeRoundTrips() {
        return turns.getAndSet(0);
    }

    /** Bytes that came from the server so far. */
    public long received() {
        return received.get();
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Cuts every connection. */
    public void cut() {
        sockets.forEach(Forwarder::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                Socket backend = new Socket(server.host(), server.port());
                client.setTcpNoDelay(true);
                backend.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(backend);
                Thread.ofVirtual().start(() -> pump(client, backend, true));
                Thread.ofVirtual().start(() -> pump(backend, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int n = in.read(buffer);
            while (n >= 0) {
                if (fromClient && serverSpokeLast) {
                    turns.incrementAndGet();
                }
                serverSpokeLast = !fromClient;
                if (!fromClient) {
                    received.addAndGet(n);
                }
                out.write(buffer, 0, n);
                n = in.read(buffer);
            }
        } catch (IOException e) {
            // One side has gone; the other follows.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
