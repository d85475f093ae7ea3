package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Encoding;
import io.gatehouse.jdbc.type.TypeId;
import io.gatehouse.jdbc.type.Utf8Input;
import io.gatehouse.jdbc.wire.Outflow;
import io.gatehouse.jdbc.wire.Parameter;

import java.io.ByteArrayInputStream;
import java.io.CharArrayReader;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.sql.SQLDataException;
import java.sql.SQLException;

/** A parameter's value that an application gives as a stream, and that is too large to be held. */
final class StreamValue implements Outflow {
    /** In the place of a length: all that the stream has. */
    static final long ALL = -1;

    /** What is longer is not read before the statement runs. */
    private static final int LARGE = 1 << 20;

    private final InputStream bytes;
    private boolean begun;

    private StreamValue(InputStream bytes) {
        this.bytes = bytes;
    }

    private static int large(int maxFrame) {
        return Math.min(LARGE, maxFrame / 4);
    }

    /** Bytes as a parameter: those that are short, as they are. */
    static Parameter of(InputStream in, long length, int maxFrame) throws SQLException {
        int large = large(maxFrame);
        InputStream exactly = length == ALL ? in : new ExactInput(in, length);
        if (length >= large) {
            return Encoding.arriving(false, length, new StreamValue(exactly));
        }
        try {
            byte[] head = exactly.readNBytes(large);
            if (head.length < large) {
                return Encoding.of(head);
            }
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), exactly);
            return Encoding.arriving(false, length, new StreamValue(all));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A text as a parameter: one that is short, as it is. */
    static Parameter of(Reader in, long length, int maxFrame) throws SQLException {
        char[] head = new char[large(maxFrame)];
        Reader exactly = exactly(in, length);
        try {
            int got = fill(exactly, head);
            if (got < head.length) {
                return Encoding.text(TypeId.TEXT, new String(head, 0, got));
            }
            // The last one may be the first half of a character.
            int whole = got - 1;
            Reader rest = new Rest(head[whole], exactly);
            InputStream all =
                    new SequenceInputStream(
                            new Utf8Input(new CharArrayReader(head, 0, whole)),
                            new Utf8Input(rest));
            return Encoding.arriving(true, ALL, new StreamValue(all));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static int fill(Reader in, char[] into) throws IOException {
        int all = 0;
        int got = in.read(into, 0, into.length);
        while (got > 0) {
            all += got;
            got = in.read(into, all, into.length - all);
        }
        return all;
    }

    /** So many characters of a text, which must be there. */
    static Reader exactly(Reader in, long length) {
        return length == ALL ? in : new ExactReader(in, length);
    }

    static void checkLength(long read, long length) throws IOException {
        if (length != ALL && read < length) {
            throw new TooShort(read, length);
        }
    }

    static SQLException unreadable(IOException e) {
        return e instanceof TooShort
                ? new SQLDataException(e.getMessage(), "22026")
                : new SQLDataException("The stream could not be read.", "22000", e);
    }

    @Override
    public void begin() throws SQLException {
        if (begun) {
            throw Faults.sequence(
                    "The stream of a parameter was read by the execution before: set it again.");
        }
        begun = true;
    }

    @Override
    public byte[] next(int most) throws IOException {
        return bytes.readNBytes(most);
    }

    @Override
    public SQLException told(IOException failure, SQLException byBroker) {
        if (failure instanceof TooShort) {
            return unreadable(failure);
        }
        if (byBroker.getCause() == null) {
            byBroker.initCause(failure);
        }
        return byBroker;
    }

    /** A stream ended before its length. */
    private static final class TooShort extends IOException {
        private static final long serialVersionUID = 1;

        TooShort(long read, long length) {
            super("The stream ended after " + read + " of " + length + ".");
        }
    }

    private static final class ExactInput extends FilterInputStream {
        private final long length;
        private long read;

        ExactInput(InputStream in, long length) {
            super(in);
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (read == length) {
                return -1;
            }
            int got = super.read(into, offset, (int) Math.min(count, length - read));
            if (got < 0) {
                throw new TooShort(read, length);
            }
            read += got;
            return got;
        }
    }

    private static final class ExactReader extends FilterReader {
        private final long length;
        private long read;

        ExactReader(Reader in, long length) {
            super(in);
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] into, int offset, int count) throws IOException {
            if (read == length) {
                return -1;
            }
            int got = super.read(into, offset, (int) Math.min(count, length - read));
            if (got < 0) {
                throw new TooShort(read, length);
            }
            read += got;
            return got;
        }
    }

    /** One character, and all of a text behind it. */
    private static final class Rest extends FilterReader {
        private final char first;
        private boolean given;

        Rest(char first, Reader behind) {
            super(behind);
            this.first = first;
        }

        @Override
        public int read(char[] into, int offset, int count) throws IOException {
            if (given || count == 0) {
                return super.read(into, offset, count);
            }
            given = true;
            into[offset] = first;
            return 1;
        }
    }
}
