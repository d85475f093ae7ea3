package io.gatehouse.server.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Follows pgjdbc's messages to the server; passes every byte on. */
final class TapOutput extends OutputStream {
    /** Names of statements and portals are a few bytes; they come first in their messages. */
    private static final int CAPTURED = 256;

    private static final int LENGTH_BYTES = 4;

    private final OutputStream out;
    private final TapRequests requests;
    private final byte[] head = new byte[CAPTURED];

    /** The start-up message has no type. */
    private boolean started;

    private int headBytes;
    private int headerBytes = LENGTH_BYTES;
    private char type;
    private int headerSeen;
    private int length;
    private int bodyLeft;

    TapOutput(OutputStream out, TapRequests requests) {
        this.out = out;
        this.requests = requests;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        follow(bytes, offset, count);
        out.write(bytes, offset, count);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void follow(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (headerSeen < headerBytes) {
                header(bytes[at++]);
            } else {
                int n = Math.min(bodyLeft, end - at);
                int kept = Math.min(n, CAPTURED - headBytes);
                if (kept > 0) {
                    System.arraycopy(bytes, at, head, headBytes, kept);
                    headBytes += kept;
                }
                at += n;
                bodyLeft -= n;
            }
            if (headerSeen == headerBytes && bodyLeft == 0) {
                message();
            }
        }
    }

    private void header(byte b) {
        if (started && headerSeen == 0) {
            type = (char) b;
        } else {
            length = (length << Byte.SIZE) | (b & 0xFF);
        }
        headerSeen++;
        if (headerSeen == headerBytes) {
            bodyLeft = length - LENGTH_BYTES;
        }
    }

    private void message() {
        if (started) {
            switch (type) {
                case 'P' -> requests.closeStatement(text(0));
                case 'B' -> requests.bind(text(end(0) + 1));
                case 'D' -> {
                    if (head[0] == 'S') {
                        requests.describeStatement(text(1));
                    } else {
                        requests.describePortal();
                    }
                }
                case 'C' -> {
                    if (head[0] == 'S') {
                        requests.closeStatement(text(1));
                    }
                }
                case 'S' -> requests.sync();
                case 'Q' -> requests.simpleQuery();
                default -> {}
            }
        }
        started = true;
        headerBytes = LENGTH_BYTES + 1;
        headerSeen = 0;
        headBytes = 0;
        length = 0;
    }

    private int end(int from) {
        int at = from;
        while (at < headBytes && head[at] != 0) {
            at++;
        }
        return at;
    }

    private String text(int from) {
        int end = end(from);
        return new String(head, from, Math.max(0, end - from), StandardCharsets.UTF_8);
    }
}
