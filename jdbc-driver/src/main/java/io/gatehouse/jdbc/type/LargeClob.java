package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.LargeSource;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** A text that is brought when it is read. */
public final class LargeClob implements NClob {
    private final Manner manner;
    private @Nullable LargeSource source;

    /** The text of a source, whose bytes are UTF-8. */
    public LargeClob(Manner manner, LargeSource source) {
        this.manner = manner;
        this.source = source;
    }

    private LargeSource source() throws SQLException {
        LargeSource from = source;
        if (from == null) {
            throw Misuse.FREED.at(manner, "The Clob was freed.");
        }
        return from;
    }

    private static Reader text(LargeSource from) throws SQLException {
        return new InputStreamReader(from.open(0), StandardCharsets.UTF_8);
    }

    /** The text behind so many of its characters; it can be read again. */
    private Reader behind(long characters) throws SQLException, IOException {
        source().keep();
        Reader reader = new BufferedReader(text(source()));
        long left = characters;
        long skipped = characters;
        while (left > 0 && skipped > 0) {
            skipped = reader.skip(left);
            left -= skipped;
        }
        if (left > 0) {
            throw Faults.outsideOfValue();
        }
        return reader;
    }

    @Override
    public long length() throws SQLException {
        long known = source().size();
        if (known >= 0) {
            return known;
        }
        source().keep();
        try (Reader in = text(source())) {
            return in.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public String getSubString(long pos, int length) throws SQLException {
        if (pos < 1 || length < 0) {
            throw Faults.outsideOfValue();
        }
        StringBuilder out = new StringBuilder();
        char[] some = new char[8192];
        try (Reader in = behind(pos - 1)) {
            int n = 0;
            while (n >= 0 && out.length() < length) {
                out.append(some, 0, n);
                n = in.read(some, 0, Math.min(some.length, length - out.length()));
            }
            return out.toString();
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return text(source());
    }

    @Override
    public Reader getCharacterStream(long pos, long length) throws SQLException {
        if (pos < 1 || length < 0) {
            throw Faults.outsideOfValue();
        }
        try {
            return new PartReader(behind(pos - 1), length);
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return new AsciiInput(getCharacterStream());
    }

    @Override
    public long position(String pattern, long start) throws SQLException {
        if (start < 1) {
            throw Faults.badArgument("A position is counted from 1.");
        }
        try (Reader in = behind(start - 1)) {
            long before = new Search(pattern.chars().toArray()).in(in::read);
            return before < 0 ? -1 : start + before;
        } catch (IOException e) {
            throw Faults.unreadable(e);
        }
    }

    @Override
    public long position(Clob pattern, long start) throws SQLException {
        return position(pattern.getSubString(1, (int) pattern.length()), start);
    }

    private static SQLException unchangeable() {
        return Faults.unsupported("Changing a large value where it is, and not by a statement,");
    }

    @Override
    public int setString(long pos, String str) throws SQLException {
        throw unchangeable();
    }

    @Override
    public int setString(long pos, String str, int offset, int len) throws SQLException {
        throw unchangeable();
    }

    @Override
    public OutputStream setAsciiStream(long pos) throws SQLException {
        throw unchangeable();
    }

    @Override
    public Writer setCharacterStream(long pos) throws SQLException {
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
