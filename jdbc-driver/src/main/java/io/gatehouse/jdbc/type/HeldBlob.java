package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;

/** A value of bytes that is all here; changes are to this copy only. */
public final class HeldBlob implements Blob {
    private byte @Nullable [] bytes;

    /** A value; nobody else changes the bytes any more. */
    public HeldBlob(byte[] bytes) {
        this.bytes = bytes;
    }

    private byte[] held() throws SQLException {
        byte[] held = bytes;
        if (held == null) {
            throw Faults.closed("Blob");
        }
        return held;
    }

    @Override
    public long length() throws SQLException {
        return held().length;
    }

    @Override
    public byte[] getBytes(long pos, int length) throws SQLException {
        byte[] held = held();
        if (pos < 1 || pos > held.length + 1L || length < 0) {
            throw Faults.outsideOfValue();
        }
        int from = (int) pos - 1;
        return Arrays.copyOfRange(held, from, from + Math.min(length, held.length - from));
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return new ByteArrayInputStream(held());
    }

    @Override
    public InputStream getBinaryStream(long pos, long length) throws SQLException {
        return new ByteArrayInputStream(
                getBytes(pos, (int) Math.min(Math.max(length, -1), Integer.MAX_VALUE)));
    }

    @Override
    public long position(byte[] pattern, long start) throws SQLException {
        byte[] held = held();
        if (start < 1) {
            throw Faults.badArgument("A position is counted from 1.");
        }
        for (long at = start - 1; at + pattern.length <= held.length; at++) {
            int from = (int) at;
            if (Arrays.equals(held, from, from + pattern.length, pattern, 0, pattern.length)) {
                return at + 1;
            }
        }
        return -1;
    }

    @Override
    public long position(Blob pattern, long start) throws SQLException {
        return position(pattern.getBytes(1, (int) pattern.length()), start);
    }

    @Override
    public int setBytes(long pos, byte[] b) throws SQLException {
        return setBytes(pos, b, 0, b.length);
    }

    @Override
    public int setBytes(long pos, byte[] b, int offset, int len) throws SQLException {
        byte[] held = held();
        if (pos < 1 || pos > held.length + 1L || offset < 0 || len < 0 || len > b.length - offset) {
            throw Faults.outsideOfValue();
        }
        int from = (int) pos - 1;
        byte[] changed = Arrays.copyOf(held, Math.max(held.length, Math.addExact(from, len)));
        System.arraycopy(b, offset, changed, from, len);
        bytes = changed;
        return len;
    }

    @Override
    public OutputStream setBinaryStream(long pos) throws SQLException {
        setBytes(pos, new byte[0]);
        return new BlobOutput(this, pos);
    }

    @Override
    public void truncate(long len) throws SQLException {
        byte[] held = held();
        if (len < 0 || len > held.length) {
            throw Faults.outsideOfValue();
        }
        bytes = Arrays.copyOf(held, (int) len);
    }

    @Override
    public void free() {
        bytes = null;
    }
}
