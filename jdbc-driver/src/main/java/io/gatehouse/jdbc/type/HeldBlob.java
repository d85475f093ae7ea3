package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;

/** A value of bytes that is all here; changes are to this copy only. */
public final class HeldBlob implements Blob {
    private static final int BUFFER = 64 * 1024;

    private final Manner manner;
    private @Nullable KeptBytes bytes;

    /** A value; nobody else changes the bytes any more. */
    public HeldBlob(Manner manner, byte[] bytes) {
        this.manner = manner;
        this.bytes = new KeptBytes(bytes);
    }

    private KeptBytes held() throws SQLException {
        KeptBytes held = bytes;
        if (held == null) {
            throw Misuse.FREED.at(manner, "The Blob was freed.");
        }
        return held;
    }

    @Override
    public long length() throws SQLException {
        return held().size();
    }

    @Override
    public byte[] getBytes(long pos, int length) throws SQLException {
        KeptBytes held = held();
        if (pos < 1 || pos > held.size() + 1 || length < 0) {
            throw Faults.outsideOfValue();
        }
        return held.read(pos - 1, length);
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return held().from(0);
    }

    @Override
    public InputStream getBinaryStream(long pos, long length) throws SQLException {
        KeptBytes held = held();
        if (pos < 1 || pos > held.size() + 1 || length < 0) {
            throw Faults.outsideOfValue();
        }
        return new PartInput(held.from(pos - 1), length);
    }

    @Override
    public long position(byte[] pattern, long start) throws SQLException {
        KeptBytes held = held();
        if (start < 1) {
            throw Faults.badArgument("A position is counted from 1.");
        }
        if (start > held.size() + 1) {
            return -1;
        }
        int[] units = new int[pattern.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = pattern[i] & 0xff;
        }
        try (InputStream in = new BufferedInputStream(held.from(start - 1))) {
            long before = new Search(units).in(in::read);
            return before < 0 ? -1 : start + before;
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public long position(Blob pattern, long start) throws SQLException {
        held();
        return position(pattern.getBytes(1, (int) pattern.length()), start);
    }

    @Override
    public int setBytes(long pos, byte[] b) throws SQLException {
        return setBytes(pos, b, 0, b.length);
    }

    @Override
    public int setBytes(long pos, byte[] b, int offset, int len) throws SQLException {
        KeptBytes held = held();
        if (pos < 1 || pos > held.size() + 1 || offset < 0 || len < 0 || len > b.length - offset) {
            throw Faults.outsideOfValue();
        }
        held.write(pos - 1, b, offset, len);
        return len;
    }

    @Override
    public OutputStream setBinaryStream(long pos) throws SQLException {
        setBytes(pos, new byte[0]);
        return new BufferedOutputStream(new BlobOutput(this, pos), BUFFER);
    }

    @Override
    public void truncate(long len) throws SQLException {
        KeptBytes held = held();
        if (len < 0 || len > held.size()) {
            throw Faults.outsideOfValue();
        }
        held.truncate(len);
    }

    @Override
    public void free() throws SQLException {
        KeptBytes held = bytes;
        bytes = null;
        if (held != null) {
            held.free();
        }
    }
}
