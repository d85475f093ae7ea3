package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.LargeSource;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;

/** Bytes that are brought when they are read. */
public final class LargeBlob implements Blob {
    private final Manner manner;
    private @Nullable LargeSource source;

    /** The bytes of a source. */
    public LargeBlob(Manner manner, LargeSource source) {
        this.manner = manner;
        this.source = source;
    }

    private LargeSource source() throws SQLException {
        LargeSource from = source;
        if (from == null) {
            throw Misuse.FREED.at(manner, "The Blob was freed.");
        }
        return from;
    }

    /** How many bytes there are if that takes no reading; else -1. */
    public long knownLength() throws SQLException {
        return source().size();
    }

    @Override
    public long length() throws SQLException {
        long known = knownLength();
        if (known >= 0) {
            return known;
        }
        source().keep();
        try (InputStream in = source().open(0)) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public byte[] getBytes(long pos, int length) throws SQLException {
        if (pos < 1 || length < 0 || pos > length() + 1) {
            throw Faults.outsideOfValue();
        }
        source().keep();
        try (InputStream in = source().open(pos - 1)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return source().open(0);
    }

    @Override
    public InputStream getBinaryStream(long pos, long length) throws SQLException {
        if (pos < 1 || length < 0 || pos > length() + 1) {
            throw Faults.outsideOfValue();
        }
        source().keep();
        return new PartInput(source().open(pos - 1), length);
    }

    @Override
    public long position(byte[] pattern, long start) throws SQLException {
        if (start < 1) {
            throw Faults.badArgument("A position is counted from 1.");
        }
        int[] units = new int[pattern.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = pattern[i] & 0xff;
        }
        source().keep();
        try (InputStream in = new BufferedInputStream(source().open(start - 1))) {
            long before = new Search(units).in(in::read);
            return before < 0 ? -1 : start + before;
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public long position(Blob pattern, long start) throws SQLException {
        return position(pattern.getBytes(1, (int) pattern.length()), start);
    }

    private static SQLException unchangeable() {
        return Faults.unsupported("Changing a large value where it is, and not by a statement,");
    }

    @Override
    public int setBytes(long pos, byte[] b) throws SQLException {
        throw unchangeable();
    }

    @Override
    public int setBytes(long pos, byte[] b, int offset, int len) throws SQLException {
        throw unchangeable();
    }

    @Override
    public OutputStream setBinaryStream(long pos) throws SQLException {
        throw unchangeable();
    }

    @Override
    public void truncate(long len) throws SQLException {
        throw unchangeable();
    }

    @Override
    public void free() {
        source = null;
    }
}
