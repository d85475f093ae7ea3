package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** A text that is all here; changes are to this copy only. */
public final class HeldClob implements NClob {
    private static final int BUFFER = 32 * 1024;

    private final Manner manner;
    private @Nullable KeptText text;

    /** A text. */
    public HeldClob(Manner manner, String text) {
        this.manner = manner;
        this.text = new KeptText(text);
    }

    private KeptText held() throws SQLException {
        KeptText held = text;
        if (held == null) {
            throw Misuse.FREED.at(manner, "The Clob was freed.");
        }
        return held;
    }

    @Override
    public long length() throws SQLException {
        return held().size();
    }

    @Override
    public String getSubString(long pos, int length) throws SQLException {
        KeptText held = held();
        if (pos < 1 || pos > held.size() + 1 || length < 0) {
            throw Faults.outsideOfValue();
        }
        return held.read(pos - 1, length);
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return held().from(0);
    }

    @Override
    public Reader getCharacterStream(long pos, long length) throws SQLException {
        KeptText held = held();
        if (pos < 1 || pos > held.size() + 1 || length < 0) {
            throw Faults.outsideOfValue();
        }
        return new PartReader(held.from(pos - 1), length);
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return new AsciiInput(getCharacterStream());
    }

    @Override
    public long position(String pattern, long start) throws SQLException {
        KeptText held = held();
        if (start < 1) {
            throw Faults.badArgument("A position is counted from 1.");
        }
        if (start > held.size() + 1) {
            return -1;
        }
        try (Reader in = new BufferedReader(held.from(start - 1))) {
            long before = new Search(pattern.chars().toArray()).in(in::read);
            return before < 0 ? -1 : start + before;
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public long position(Clob pattern, long start) throws SQLException {
        held();
        return position(pattern.getSubString(1, (int) pattern.length()), start);
    }

    @Override
    public int setString(long pos, String str) throws SQLException {
        KeptText held = held();
        if (pos < 1 || pos > held.size() + 1) {
            throw Faults.outsideOfValue();
        }
        held.write(pos - 1, str);
        return str.length();
    }

    @Override
    public int setString(long pos, String str, int offset, int len) throws SQLException {
        if (offset < 0 || len < 0 || len > str.length() - offset) {
            throw Faults.outsideOfValue();
        }
        return setString(pos, str.substring(offset, offset + len));
    }

    @Override
    public OutputStream setAsciiStream(long pos) throws SQLException {
        setString(pos, "");
        return new BufferedOutputStream(new AsciiOutput(new ClobWriter(this, pos)), BUFFER);
    }

    @Override
    public Writer setCharacterStream(long pos) throws SQLException {
        setString(pos, "");
        return new BufferedWriter(new ClobWriter(this, pos), BUFFER);
    }

    @Override
    public void truncate(long len) throws SQLException {
        KeptText held = held();
        if (len < 0 || len > held.size()) {
            throw Faults.outsideOfValue();
        }
        held.truncate(len);
    }

    @Override
    public void free() throws SQLException {
        KeptText held = text;
        text = null;
        if (held != null) {
            held.free();
        }
    }
}
