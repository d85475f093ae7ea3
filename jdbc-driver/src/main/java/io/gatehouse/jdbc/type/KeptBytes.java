package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.BlockInput;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Bytes that an application puts together: in memory while they are few, then in a temporary file
 * that has no name where the system allows that, and goes with this object in any case.
 */
final class KeptBytes {
    private static final int FEW = 1 << 20;

    private byte[] held;
    private long size;
    private @Nullable FileChannel file;
    private int readers;
    private boolean freed;

    /** Bytes to begin with, which nobody else changes any more; they stay in memory as such. */
    KeptBytes(byte[] start) {
        held = start;
        size = start.length;
    }

    long size() {
        return size;
    }

    /** Up to so many bytes from a place that is not behind the end. */
    byte[] read(long at, int most) throws SQLException {
        byte[] bytes = new byte[(int) Math.min(most, size - at)];
        try {
            readFully(at, bytes, 0, bytes.length);
            return bytes;
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    private void readFully(long at, byte[] into, int offset, int count) throws IOException {
        FileChannel from = file;
        if (from == null) {
            System.arraycopy(held, (int) at, into, offset, count);
            return;
        }
        ByteBuffer left = ByteBuffer.wrap(into, offset, count);
        long next = at;
        while (left.hasRemaining()) {
            int n = from.read(left, next);
            if (n < 0) {
                throw new IOException("a temporary file has become shorter");
            }
            next += n;
        }
    }

    /** Writes over what is there from a place that is not behind the end, and beyond. */
    void write(long at, byte[] from, int offset, int count) throws SQLException {
        long end = at + count;
        try {
            if (file == null && end > held.length && end > FEW) {
                spill();
            }
            FileChannel to = file;
            if (to != null) {
                write(to, at, ByteBuffer.wrap(from, offset, count));
            } else {
                if (end > held.length) {
                    held = Arrays.copyOf(held, (int) Math.min(FEW, Math.max(end, 2L * size)));
                }
                System.arraycopy(from, offset, held, (int) at, count);
            }
            size = Math.max(size, end);
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    private void spill() throws IOException {
        Path path = Files.createTempFile("gatehouse", ".lob");
        FileChannel to =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        write(to, 0, ByteBuffer.wrap(held, 0, (int) size));
        file = to;
        held = new byte[0];
    }

    private static void write(FileChannel to, long at, ByteBuffer bytes) throws IOException {
        long next = at;
        while (bytes.hasRemaining()) {
            next += to.write(bytes, next);
        }
    }

    /** Leaves only so many, which there are. */
    void truncate(long left) {
        size = left;
    }

    /** The bytes from a place on, as they are when they are read. */
    InputStream from(long at) {
        readers++;
        return new Reading(at);
    }

    /** Nobody reads it any more, but for those who began to. */
    void free() throws SQLException {
        freed = true;
        try {
            closeUnread();
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    private void closeUnread() throws IOException {
        FileChannel was = file;
        if (freed && readers == 0 && was != null) {
            was.close();
        }
    }

    private final class Reading extends BlockInput {
        private long at;
        private boolean over;

        Reading(long at) {
            this.at = at;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int n = (int) Math.min(count, size - at);
            if (count == 0 || over || n <= 0) {
                if (count > 0) {
                    close();
                }
                return count == 0 ? 0 : -1;
            }
            readFully(at, into, offset, n);
            at += n;
            return n;
        }

        @Override
        public long skip(long count) {
            long n = Math.max(0, Math.min(count, size - at));
            at += n;
            return n;
        }

        @Override
        public int available() {
            return (int) Math.max(0, Math.min(Integer.MAX_VALUE, size - at));
        }

        @Override
        public void close() throws IOException {
            readers -= over ? 0 : 1;
            over = true;
            closeUnread();
        }
    }
}
