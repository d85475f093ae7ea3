package io.gatehouse.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A TCP forwarder that passes on what clients say in packets cut at random places. */
public final class Chopper implements AutoCloseable {
    private static final int MOST = 17;
    private static final long NANOS_BETWEEN = 30_000;

    private final StandIn door;
    private final long seed;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong packets = new AtomicLong();

    /**
     * @param port of the broker
     */
    public Chopper(int port, long seed) {
        this.seed = seed;
        this.door = new StandIn(new Databases.Server("127.0.0.1", port, "", "", ""), 0);
        door.start(this::accept);
    }

    /** Where clients reach the broker through this. */
    public int port() {
        return door.server().port();
    }

    /** How many packets were made so far. */
    public long packets() {
        return packets.get();
    }

    private void accept(Socket client) {
        sockets.add(client);
        try {
            Socket broker = door.connect();
            sockets.add(broker);
            Random random = new Random(seed + sockets.size());
            Thread.ofVirtual().start(() -> chop(client, broker, random));
            Thread.ofVirtual().start(() -> pass(broker, client));
        } catch (IOException e) {
            StandIn.close(client);
        }
    }

    private void chop(Socket from, Socket to, Random random) {
        byte[] buffer = new byte[8 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int n = in.read(buffer);
            while (n >= 0) {
                int sent = 0;
                while (sent < n) {
                    int size = Math.min(n - sent, 1 + random.nextInt(MOST));
                    out.write(buffer, sent, size);
                    out.flush();
                    packets.incrementAndGet();
                    sent += size;
                    if (random.nextInt(4) == 0) {
                        // Long enough for the other side to read what has come so far.
                        LockSupport.parkNanos(NANOS_BETWEEN);
                    }
                }
                n = in.read(buffer);
            }
        } catch (IOException e) {
            // One side has gone; the other follows.
            StandIn.close(to);
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            StandIn.close(to);
        }
    }

    @Override
    public void close() {
        door.close();
        sockets.forEach(StandIn::close);
    }
}
