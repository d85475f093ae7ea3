package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.url.Host;
import io.gatehouse.jdbc.wire.BackendMessage;
import io.gatehouse.jdbc.wire.Decoder;
import io.gatehouse.jdbc.wire.FrameWriter;
import io.gatehouse.jdbc.wire.ProtocolFault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

import javax.net.ssl.SSLSocket;

/**
 * A stream of frames to and from a broker. One thread may read while another writes; the callers
 * see to it that there is only one of each.
 */
public final class Link {
    private static final int BUFFER = 16 * 1024;
    private static final int STEP = 1 << 20;

    private final Host host;
    private final Socket raw;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int limit;
    private volatile int timeout;

    /**
     * A link over a connected socket.
     *
     * @param host the broker it leads to
     * @param raw the TCP socket
     * @param socket the TLS socket over it, or the same
     * @param limit bytes of the largest frame accepted
     */
    Link(Host host, Socket raw, Socket socket, int limit) throws IOException {
        this.host = host;
        this.raw = raw;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.limit = limit;
    }

    /** The broker it leads to. */
    public Host host() {
        return host;
    }

    /** Changes the largest frame accepted, in bytes. */
    public void limit(int bytes) {
        limit = bytes;
    }

    /** Changes how long a read waits, in milliseconds; 0: for ever. */
    public void timeout(int millis) throws IOException {
        raw.setSoTimeout(millis);
        timeout = millis;
    }

    /** Writes everything that waits, at once. */
    public void write(FrameWriter frames) throws IOException {
        frames.drainTo(out);
    }

    /** Reads the next message, waiting for it. */
    public BackendMessage read() throws IOException {
        ensure(5);
        int type = buffer[at];
        int length =
                (buffer[at + 1] & 0xff) << 24
                        | (buffer[at + 2] & 0xff) << 16
                        | (buffer[at + 3] & 0xff) << 8
                        | (buffer[at + 4] & 0xff);
        at += 5;
        if (length < 4 || length > limit) {
            throw new ProtocolFault("A message has a length that is not allowed.");
        }
        return Decoder.decode(type, body(length - 4));
    }

    /** Whether a message, or its beginning, has been read with another one already. */
    public boolean hasRead() {
        return end > at;
    }

    /**
     * Whether there is something to read: a message, or the end.
     *
     * @param closely waits a millisecond, as finding the end takes
     */
    public boolean hasNews(boolean closely) throws IOException {
        if (hasRead()) {
            return true;
        }
        boolean some = raw.getInputStream().available() > 0;
        // Under TLS not all that arrives is for this side of it.
        boolean plain = !(socket instanceof SSLSocket);
        if (!closely && (plain || !some)) {
            return some;
        }
        try {
            raw.setSoTimeout(1);
            ensure(1);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            raw.setSoTimeout(timeout);
        }
    }

    private byte[] body(int length) throws IOException {
        byte[] body = new byte[Math.min(length, STEP)];
        int have = Math.min(length, end - at);
        System.arraycopy(buffer, at, body, 0, have);
        at += have;
        while (have < length) {
            if (have == body.length) {
                // A length is believed only as far as its bytes arrive.
                body = Arrays.copyOf(body, (int) Math.min(length, body.length * 2L));
            }
            int got = in.read(body, have, body.length - have);
            if (got < 0) {
                throw new EOFException("The broker closed the connection.");
            }
            have += got;
        }
        return body;
    }

    private void ensure(int n) throws IOException {
        if (end - at >= n) {
            return;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        while (end < n) {
            int got = in.read(buffer, end, buffer.length - end);
            if (got < 0) {
                throw new EOFException("The broker closed the connection.");
            }
            end += got;
        }
    }

    /** Closes in good order, as far as that goes. */
    public void close() throws IOException {
        socket.close();
    }

    /** Cuts the connection at once, from any thread; whoever reads or writes gets an error. */
    public void cut() throws IOException {
        raw.close();
    }
}
