package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Executor;

/** A driver's socket whose bytes travel over a {@link Link}, past a tap. */
final class LinkSocket extends Socket {
    private final Link link;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean connected;
    private volatile Duration patience = Duration.ZERO;

    LinkSocket(Link link, RowTap tap) {
        this.link = link;
        this.in = new TapInput(new LinkInput(), tap);
        this.out = new TapOutput(new LinkOutput(), tap.requests());
        tap.over(this);
    }

    /** The loop that watches it; null until it is connected. */
    @Nullable Executor loop() {
        return link.loop();
    }

    @Override
    public void connect(SocketAddress server) throws IOException {
        connect(server, 0);
    }

    @Override
    public void connect(SocketAddress server, int timeoutMillis) throws IOException {
        link.connect(server, Duration.ofMillis(timeoutMillis));
        connected = true;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    /** Unlike the JDK's, also whether the server's end was heard of. */
    @Override
    public boolean isInputShutdown() {
        return link.isEnded();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void setSoTimeout(int millis) {
        patience = Duration.ofMillis(millis);
    }

    @Override
    public int getSoTimeout() {
        return (int) patience.toMillis();
    }

    // The link's own settings serve every driver.
    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void close() throws IOException {
        super.close();
        link.close();
    }

    private final class LinkInput extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            return link.read(into, offset, count, patience);
        }

        @Override
        public int available() {
            return link.available();
        }

        @Override
        public void close() throws IOException {
            LinkSocket.this.close();
        }
    }

    private final class LinkOutput extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (!connected) {
                throw new SocketException("the socket is not connected");
            }
            link.write(bytes, offset, count);
        }

        @Override
        public void close() throws IOException {
            LinkSocket.this.close();
        }
    }
}
