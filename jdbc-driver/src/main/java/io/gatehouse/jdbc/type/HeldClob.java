package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** A text that is all here; changes are to this copy only. */
public final class HeldClob implements NClob {
    private @Nullable String text;

    /** A text. */
    public HeldClob(String text) {
        this.text = text;
    }

    private String held() throws SQLException {
        String held = text;
        if (held == null) {
            throw Faults.closed("Clob");
        }
        return held;
    }

    @Override
    public long length() throws SQLException {
        return held().length();
    }

    @Override
    public String getSubString(long pos, int length) throws SQLException {
        String held = held();
        if (pos < 1 || pos > held.length() + 1L || length < 0) {
            throw Faults.outsideOfValue();
        }
        int from = (int) pos - 1;
        return held.substring(from, from + Math.min(length, held.length() - from));
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return new StringReader(held());
    }

    @Override
    public Reader getCharacterStream(long pos, long length) throws SQLException {
        return new StringReader(
                getSubString(pos, (int) Math.min(Math.max(length, -1), Integer.MAX_VALUE)));
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return new ByteArrayInputStream(held().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public long position(String pattern, long start) throws SQLException {
        if (start < 1 || start > Integer.MAX_VALUE) {
            throw Faults.badArgument("A position is counted from 1.");
        }
        int found = held().indexOf(pattern, (int) start - 1);
        return found < 0 ? -1 : found + 1L;
    }

    @Override
    public long position(Clob pattern, long start) throws SQLException {
        return position(pattern.getSubString(1, (int) pattern.length()), start);
    }

    @Override
    public int setString(long pos, String str) throws SQLException {
        String held = held();
        if (pos < 1 || pos > held.length() + 1L) {
            throw Faults.outsideOfValue();
        }
        int from = (int) pos - 1;
        int behind = Math.min(held.length(), from + str.length());
        text = held.substring(0, from) + str + held.substring(behind);
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
        Clob clob = this;
        return new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                try {
                    clob.setString(pos, toString(StandardCharsets.US_ASCII));
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Override
    public Writer setCharacterStream(long pos) throws SQLException {
        setString(pos, "");
        return new ClobWriter(this, pos);
    }

    @Override
    public void truncate(long len) throws SQLException {
        String held = held();
        if (len < 0 || len > held.length()) {
            throw Faults.outsideOfValue();
        }
        text = held.substring(0, (int) len);
    }

    @Override
    public void free() {
        text = null;
    }
}
