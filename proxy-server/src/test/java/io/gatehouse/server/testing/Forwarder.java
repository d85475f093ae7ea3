package io.gatehouse.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP forwarder that counts round trips: how often the side that connected speaks after the other
 * one did.
 */
public final class Forwarder implements AutoCloseable {
    private final StandIn door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong untilReset = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<Ambush> ambush = new AtomicReference<>();
    private final AtomicReference<Runnable> onConnect = new AtomicReference<>();
    private volatile boolean serverSpokeLast = true;
    private volatile boolean silent;
    private volatile Duration delay = Duration.ZERO;

    private record Ambush(String text, boolean fromClient, Runnable action) {}

    public Forwarder(Databases.Server server) {
        this(server, 0);
    }

    /** As one that was closed, on the same port. */
    public Forwarder(Databases.Server server, int port) {
        this.door = new StandIn(server, port);
        door.start(this::accept);
    }

    /** The server as reached through this forwarder. */
    public Databases.Server server() {
        return door.server();
    }

    /** Round trips since the last call. */
    public int takeRoundTrips() {
        return turns.getAndSet(0);
    }

    /** Bytes that came from the server so far. */
    public long received() {
        return received.get();
    }

    /** Bytes that came from clients so far. */
    public long sent() {
        return sent.get();
    }

    /** Once: when so many more bytes from clients have passed, every connection is reset. */
    public void resetAfter(long bytes) {
        untilReset.set(bytes);
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Cuts every connection. */
    public void cut() {
        take().forEach(StandIn::close);
    }

    /** Cuts every connection with a reset, as a machine does that knows nothing of it. */
    public void reset() {
        take().forEach(Forwarder::resetQuietly);
    }

    /** One that is opened meanwhile is among these, or stays among the others. */
    private List<Socket> take() {
        List<Socket> taken = List.copyOf(sockets);
        taken.forEach(sockets::remove);
        return taken;
    }

    /** From now on whatever passes is so long on its way; until {@link #restore}. */
    public void delay(Duration each) {
        delay = each;
    }

    /** Until {@link #restore} nothing passes, and nothing is closed. */
    public void silence() {
        silent = true;
    }

    /** Connections that are made from now on pass; those that were silent are cut. */
    public void restore() {
        ambush.set(null);
        onConnect.set(null);
        delay = Duration.ZERO;
        if (silent) {
            silent = false;
            cut();
        }
    }

    /** Once: before the first bytes pass that contain a text. */
    public void before(String text, boolean fromClient, Runnable action) {
        ambush.set(new Ambush(text, fromClient, action));
    }

    /** Once: when the next connection was accepted, before anything passes. */
    public void beforeConnecting(Runnable action) {
        onConnect.set(action);
    }

    private void accept(Socket client) {
        connections.incrementAndGet();
        sockets.add(client);
        Runnable action = onConnect.getAndSet(null);
        if (action != null) {
            action.run();
        }
        if (!silent) {
            connect(client);
        }
    }

    private void connect(Socket client) {
        try {
            Socket backend = door.connect();
            sockets.add(backend);
            Thread.ofVirtual().start(() -> pump(client, backend, true));
            Thread.ofVirtual().start(() -> pump(backend, client, false));
        } catch (IOException e) {
            // The server does not let anyone in, or the client was cut off.
            StandIn.close(client);
        }
    }

    /** Passes the last bytes before a reset on, where they are among these. */
    private boolean isLast(OutputStream out, byte[] buffer, int n) throws IOException {
        sent.addAndGet(n);
        long left = untilReset.get();
        if (n < left) {
            untilReset.set(left == Long.MAX_VALUE ? left : left - n);
            return false;
        }
        untilReset.set(Long.MAX_VALUE);
        out.write(buffer, 0, (int) left);
        return true;
    }

    private void spring(byte[] buffer, int n, boolean fromClient) {
        Ambush set = ambush.get();
        if (set != null
                && set.fromClient == fromClient
                && new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(set.text)
                && ambush.compareAndSet(set, null)) {
            set.action.run();
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[StandIn.BUFFER];
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
                spring(buffer, n, fromClient);
                LockSupport.parkNanos(delay.toNanos());
                if (fromClient && isLast(out, buffer, n)) {
                    reset();
                    // An earlier reset, under way still, may have known of this connection.
                    resetQuietly(from);
                    resetQuietly(to);
                } else if (!silent) {
                    out.write(buffer, 0, n);
                }
                n = in.read(buffer);
            }
        } catch (IOException e) {
            // One side has gone; the other follows.
        } finally {
            StandIn.close(from);
            StandIn.close(to);
        }
    }

    private static void resetQuietly(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // It is closed already.
            return;
        }
        StandIn.close(socket);
    }

    @Override
    public void close() {
        door.close();
        cut();
    }
}
