package io.gatehouse.server.testing;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A man in the middle before a PostgreSQL server, without TLS: on connections that carry a marked
 * statement he alters what the server answers.
 */
public final class Meddler implements AutoCloseable {
    private final StandIn door;
    private final String mark;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Trick trick = Meddler::pass;

    /** What becomes of one message of the server. */
    @FunctionalInterface
    public interface Trick {
        /**
         * @param out to the broker; an exception closes both connections
         */
        void play(char type, byte[] body, DataOutputStream out) throws IOException;
    }

    /**
     * @param mark text of the statements to whose answers tricks are applied
     */
    public Meddler(Databases.Server server, String mark) {
        this.door = new StandIn(server, 0);
        this.mark = mark;
        door.start(this::accept);
    }

    /** The server as reached through him. */
    public Databases.Server server() {
        return door.server();
    }

    /** From now on this is done to the answers of marked statements. */
    public void play(Trick next) {
        trick = next;
    }

    /** Connections of the broker that are open. */
    public int open() {
        return (int) sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    /** The message as the server sent it. */
    public static void pass(char type, byte[] body, DataOutputStream out) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
    }

    private void accept(Socket broker) {
        sockets.add(broker);
        try {
            Between between = new Between(broker, door.connect());
            Thread.ofVirtual().start(between::asks);
            Thread.ofVirtual().start(between::answers);
        } catch (IOException e) {
            StandIn.close(broker);
        }
    }

    private final class Between {
        private final Socket broker;
        private final Socket backend;
        private volatile boolean marked;

        Between(Socket broker, Socket backend) {
            this.broker = broker;
            this.backend = backend;
        }

        void asks() {
            byte[] buffer = new byte[64 * 1024];
            try (broker;
                    backend) {
                int n = broker.getInputStream().read(buffer);
                while (n >= 0) {
                    String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                    marked |= text.contains(mark);
                    backend.getOutputStream().write(buffer, 0, n);
                    n = broker.getInputStream().read(buffer);
                }
            } catch (IOException e) {
                // One side has gone; the other follows.
                marked = false;
            }
        }

        void answers() {
            try (broker;
                    backend) {
                DataInputStream in = new DataInputStream(backend.getInputStream());
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(broker.getOutputStream()));
                while (true) {
                    char type = (char) in.readUnsignedByte();
                    byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
                    if (marked) {
                        trick.play(type, body, out);
                    } else {
                        pass(type, body, out);
                    }
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One side has gone; the other follows.
                marked = false;
            }
        }
    }

    @Override
    public void close() {
        door.close();
        sockets.forEach(StandIn::close);
    }
}
