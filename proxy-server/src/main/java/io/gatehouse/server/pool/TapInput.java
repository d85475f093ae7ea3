package io.gatehouse.server.pool;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keeps in step with the server's messages; hands rows to the tap's receiver when there is one. */
final class TapInput extends InputStream {
    private static final int BUFFER = 64 * 1024;

    /** PostgreSQL itself sends no longer message. */
    private static final int LARGEST_ROW = 1024 * 1024 * 1024;

    /** Of messages that are no rows; pgjdbc makes room for what their header claims. */
    private static final int LARGEST_OTHER = 16 * 1024 * 1024;

    /** Notices of one statement; pgjdbc keeps them all, so that further ones are dropped. */
    private static final int MOST_NOTICES = 1_000;

    private static final int HEADER = 5;

    private final InputStream in;
    private final RowTap tap;
    private byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;

    /** Bytes of the current message that still pass through. */
    private int passing;

    private int notices;

    /** An error in the place of a row, as far as pgjdbc has not read it. */
    private byte[] error = {};

    private int said;

    /** Rows are dropped: one was too large for pgjdbc to hold. */
    private boolean refused;

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
            if (said < error.length) {
                int n = Math.min(count - given, error.length - said);
                System.arraycopy(error, said, into, offset + given, n);
                said += n;
                return given + n;
            }
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
            if (passing == 0) {
                shrink();
            }
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
        long claimed = 1L + (intAt(at + 1) & 0xFFFFFFFFL);
        if (claimed < HEADER || claimed > largest(type)) {
            throw new IOException("the server sent a message of " + claimed + " bytes");
        }
        int size = (int) claimed;
        switch (type) {
            case 'D' -> {
                RowTap.@Nullable Receiver receiver = tap.receiver();
                TapFields fields = receiver == null ? null : tap.requests().current();
                if (receiver == null && (refused || size > RowTap.LARGEST_HELD)) {
                    refuse(size);
                    return true;
                } else if (receiver == null) {
                    check(size);
                } else if (fields == null) {
                    throw new IOException("the server sent a row that it did not describe");
                } else {
                    row(receiver, fields, size);
                    return true;
                }
            }
            case 'T' -> describe(size);
            case 'n' -> tap.requests().noData();
            case 'N' -> {
                notices++;
                if (notices > MOST_NOTICES) {
                    drop(size);
                    return true;
                }
            }
            case 'Z' -> {
                notices = 0;
                refused = false;
                tap.requests().ready();
            }
            default -> {}
        }
        passing = size;
        return true;
    }

    private static int largest(int type) {
        return switch (type) {
            case 'D', 'd', 'V' -> LARGEST_ROW;
            default -> LARGEST_OTHER;
        };
    }

    /** A row that pgjdbc reads: it makes room for each value as the value's header claims. */
    private void check(int size) throws IOException {
        need(size);
        int end = at + size;
        int value = at + HEADER + Short.BYTES;
        int count =
                value > end ? -1 : (short) (buffer[value - 2] << 8 | (buffer[value - 1] & 0xFF));
        for (int i = 0; i < count && value <= end - Integer.BYTES; i++) {
            int length = intAt(value);
            value += Integer.BYTES;
            if (length < -1 || length > end - value) {
                throw new IOException("the server sent a value that does not fit its row");
            }
            value += Math.max(length, 0);
        }
        if (count < 0 || value != end) {
            throw new IOException("the server sent a row that does not fit its count of values");
        }
    }

    private void describe(int size) throws IOException {
        need(size);
        tap.requests().description(TapFields.parse(buffer, at + HEADER, size - HEADER));
    }

    private void row(RowTap.Receiver receiver, TapFields fields, int size) throws IOException {
        if (size > receiver.largest()) {
            at += HEADER;
            Body body = new Body(size - HEADER);
            receiver.larger(fields, body, size - HEADER);
            drop(body.left);
            return;
        }
        need(size);
        int start = at + HEADER;
        at += size;
        receiver.row(fields, buffer, start, size - HEADER);
        shrink();
    }

    /** One large message must not keep its memory for the life of the connection. */
    private void shrink() {
        if (buffer.length > BUFFER && limit - at <= BUFFER) {
            byte[] small = new byte[BUFFER];
            System.arraycopy(buffer, at, small, 0, limit - at);
            limit -= at;
            at = 0;
            buffer = small;
        }
    }

    /** The statement fails as if the server had refused to send the row. */
    private void refuse(int size) throws IOException {
        drop(size);
        if (!refused) {
            refused = true;
            error = error(Faults.rowTooLarge(size, RowTap.LARGEST_HELD));
            said = 0;
        }
    }

    private static byte[] error(Fault fault) {
        String fields = "SERROR\0VERROR\0C" + fault.sqlState() + "\0M" + fault.message() + "\0\0";
        byte[] body = fields.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + body.length)
                .put((byte) 'E')
                .putInt(Integer.BYTES + body.length)
                .put(body)
                .array();
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
                makeRoom(bytes);
            }
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Room grows with what has come, not with what a header claims will come. */
    private void makeRoom(int bytes) {
        int held = limit - at;
        if (at == 0 && held < buffer.length) {
            return;
        }
        byte[] to = buffer;
        if (held == buffer.length) {
            to = new byte[(int) Math.min(bytes, 2L * buffer.length)];
        }
        System.arraycopy(buffer, at, to, 0, held);
        limit = held;
        at = 0;
        buffer = to;
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

    /** The body of one message, read as it comes. */
    private final class Body extends InputStream {
        private int left;

        Body(int size) {
            left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (left == 0 || count == 0) {
                return left == 0 ? -1 : 0;
            }
            if (at == limit && !fill()) {
                throw new EOFException("the server closed the connection in the middle of a row");
            }
            int n = Math.min(Math.min(count, left), limit - at);
            System.arraycopy(buffer, at, into, offset, n);
            at += n;
            left -= n;
            return n;
        }
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
