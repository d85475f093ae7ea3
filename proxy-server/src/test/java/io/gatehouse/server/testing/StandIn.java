package io.gatehouse.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A loopback port in place of a server's: whoever connects to it is handed on. */
final class StandIn implements AutoCloseable {
    /** Bytes that are taken at once. */
    static final int BUFFER = 64 * 1024;

    private final Databases.Server server;
    private final ServerSocket listener;

    /**
     * @param port 0 for a free one
     */
    StandIn(Databases.Server server, int port) {
        this.server = server;
        try {
            this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes in whoever connects, on a thread of its own, until it is closed. */
    void start(Consumer<Socket> guest) {
        Thread.ofVirtual()
                .start(() -> {
                    while (!listener.isClosed()) {
                        try {
                            Socket accepted = listener.accept();
                            accepted.setTcpNoDelay(true);
                            guest.accept(accepted);
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
    }

    /** The server as reached through this port. */
    Databases.Server server() {
        return new Databases.Server(
                "127.0.0.1",
                listener.getLocalPort(),
                server.database(),
                server.user(),
                server.password());
    }

    /** A connection to the server itself. */
    Socket connect() throws IOException {
        Socket backend = new Socket();
        // What a server sent before its end is not all here by then.
        backend.setReceiveBufferSize(BUFFER);
        backend.connect(new InetSocketAddress(server.host(), server.port()));
        backend.setTcpNoDelay(true);
        return backend;
    }

    static void close(Socket socket) {
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
    }
}
