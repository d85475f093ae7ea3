package io.gatehouse.server.pool;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Keeps in step with the server's messages; hands rows to the tap's receiver when there is one. */
final class TapInput extends InputStream {
    private static final int BUFFER = 64 * 1024;

    /** A longer description is not looked at; its rows go to pgjdbc. */
    private static final int LARGEST_DESCRIPTION = 1024 * 1024;

    /** A longer row is dropped, and its statement fails. */
    private static final int LARGEST_ROW = 256 * 1024 * 1024;

    private static final int HEADER = 5;

    private final InputStream in;
    private final RowTap tap;
    private byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;

    /** Bytes of the current message that still pass through. */
    private int passing;

    TapInput(InputStream in, RowTap tap) {
        this.in = in;
        this.tap = tap;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int given = 0;
        while (given < count) {
            if (passing == 0) {
                if (given > 0 && limit - at < HEADER) {
                    return given;
                }
                if (!nextMessage()) {
                    return given == 0 ? -1 : given;
                }
                continue;
            }
            if (at == limit) {
                if (given > 0) {
                    return given;
                }
                if (!fill()) {
                    return -1;
                }
            }
            int n = Math.min(Math.min(passing, count - given), limit - at);
            System.arraycopy(buffer, at, into, offset + given, n);
            at += n;
            given += n;
            passing -= n;
        }
        return given;
    }

    /**
     * Looks at the next message, and takes it away if it is a row that somebody else wants.
     *
     * @return false at the end of the stream
     */
    private boolean nextMessage() throws IOException {
        if (!have(HEADER)) {
            return false;
        }
        int type = buffer[at];
        long size = 1L + (intAt(at + 1) & 0xFFFFFFFFL);
        if (size < HEADER || size > Integer.MAX_VALUE) {
            throw new IOException("the server sent a message of " + size + " bytes");
        }
        switch (type) {
            case 'D' -> {
                RowTap.@Nullable Receiver receiver = tap.receiver();
                TapFields fields = receiver == null ? null : tap.requests().current();
                if (receiver != null && fields != null) {
                    row(receiver, fields, (int) size);
                    return true;
                }
            }
            case 'T' -> describe((int) size);
            case 'n' -> tap.requests().noData();
            case 'Z' -> tap.requests().ready();
            default -> {}
        }
        passing = (int) size;
        return true;
    }

    private void describe(int size) throws IOException {
        if (size <= LARGEST_DESCRIPTION) {
            need(size);
            tap.requests().description(TapFields.parse(buffer, at + HEADER, size - HEADER));
        }
    }

    private void row(RowTap.Receiver receiver, TapFields fields, int size) throws IOException {
        if (size > LARGEST_ROW) {
            drop(size);
            receiver.tooLarge(size);
            return;
        }
        need(size);
        int start = at + HEADER;
        at += size;
        receiver.row(fields, buffer, start, size - HEADER);
        if (buffer.length > BUFFER && limit - at <= BUFFER) {
            // One large row must not keep its memory for the life of the connection.
            byte[] small = new byte[BUFFER];
            System.arraycopy(buffer, at, small, 0, limit - at);
            limit -= at;
            at = 0;
            buffer = small;
        }
    }

    private void drop(int size) throws IOException {
        int left = size;
        while (left > 0) {
            if (at == limit && !fill()) {
                throw new EOFException("the server closed the connection in the middle of a row");
            }
            int n = Math.min(left, limit - at);
            at += n;
            left -= n;
        }
    }

    private void need(int bytes) throws IOException {
        if (!have(bytes)) {
            throw new EOFException("the server closed the connection in the middle of a message");
        }
    }

    /** Brings that many bytes into the buffer, behind one another. */
    private boolean have(int bytes) throws IOException {
        while (limit - at < bytes) {
            if (buffer.length - at < bytes) {
                byte[] to = bytes > buffer.length ? new byte[bytes] : buffer;
                System.arraycopy(buffer, at, to, 0, limit - at);
                limit -= at;
                at = 0;
                buffer = to;
            }
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (at == limit) {
            at = 0;
            limit = 0;
        }
        int n = in.read(buffer, limit, buffer.length - limit);
        if (n < 0) {
            return false;
        }
        limit += n;
        return true;
    }

    private int intAt(int index) {
        return (buffer[index] & 0xFF) << 24
                | (buffer[index + 1] & 0xFF) << 16
                | (buffer[index + 2] & 0xFF) << 8
                | (buffer[index + 3] & 0xFF);
    }

    @Override
    public int available() throws IOException {
        return limit - at + in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
