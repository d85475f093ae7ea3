package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Encoding;
import io.gatehouse.jdbc.type.HeldBlob;
import io.gatehouse.jdbc.type.LargeBlob;
import io.gatehouse.jdbc.type.Utf8Input;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/** Parameters from streams: read at once if they are short, and while the statement runs if not. */
abstract class StreamSetters extends GatehouseStatement implements PreparedStatement {
    static final long ALL = StreamValue.ALL;

    StreamSetters(GatehouseConnection connection) {
        super(connection);
    }

    abstract void set(int index, Parameter value) throws SQLException;

    /** Whether the backend takes the number of a large object for a parameter. */
    abstract boolean takesLargeObject(int index) throws SQLException;

    private void blob(int index, @Nullable InputStream x, long length) throws SQLException {
        if (x == null) {
            setNull(index, Types.BLOB);
        } else if (takesLargeObject(index)) {
            setLargeObject(index, x, length);
        } else {
            bytes(index, x, length);
        }
    }

    private void clob(int index, @Nullable Reader x, long length) throws SQLException {
        if (x == null) {
            setNull(index, Types.CLOB);
        } else if (takesLargeObject(index)) {
            setLargeObject(index, new Utf8Input(StreamValue.exactly(x, length)), ALL);
        } else {
            text(index, x, length);
        }
    }

    private void setLargeObject(int index, InputStream x, long length) throws SQLException {
        try {
            setLong(index, new LargeObjects(connection()).store(x, length));
        } catch (IOException e) {
            throw StreamValue.unreadable(e);
        }
    }

    private void bytes(int index, @Nullable InputStream x, long length) throws SQLException {
        set(
                index,
                x == null
                        ? Encoding.ofNull(Types.LONGVARBINARY)
                        : StreamValue.of(x, length, session().maxFrame()));
    }

    private void text(int index, @Nullable Reader x, long length) throws SQLException {
        set(
                index,
                x == null
                        ? Encoding.ofNull(Types.LONGVARCHAR)
                        : StreamValue.of(x, length, session().maxFrame()));
    }

    private void text(int index, @Nullable InputStream x, long length, Charset charset)
            throws SQLException {
        if (x == null) {
            text(index, null, ALL);
        } else {
            text(index, new InputStreamReader(x, charset), length);
        }
    }

    private static long checked(long length) throws SQLException {
        if (length < 0) {
            throw Faults.badArgument("A length is not negative.");
        }
        return length;
    }

    @Override
    public final void setBinaryStream(int i, @Nullable InputStream x) throws SQLException {
        bytes(i, x, ALL);
    }

    @Override
    public final void setBinaryStream(int i, @Nullable InputStream x, int length)
            throws SQLException {
        bytes(i, x, checked(length));
    }

    @Override
    public final void setBinaryStream(int i, @Nullable InputStream x, long length)
            throws SQLException {
        bytes(i, x, checked(length));
    }

    @Override
    public final void setBlob(int i, @Nullable InputStream x) throws SQLException {
        blob(i, x, ALL);
    }

    @Override
    public final void setBlob(int i, @Nullable InputStream x, long length) throws SQLException {
        blob(i, x, checked(length));
    }

    @Override
    public final void setBlob(int i, @Nullable Blob x) throws SQLException {
        long length =
                x instanceof LargeBlob
                        ? ((LargeBlob) x).knownLength()
                        : x instanceof HeldBlob ? x.length() : ALL;
        blob(i, x == null ? null : x.getBinaryStream(), length);
    }

    @Override
    public final void setAsciiStream(int i, @Nullable InputStream x) throws SQLException {
        text(i, x, ALL, StandardCharsets.US_ASCII);
    }

    @Override
    public final void setAsciiStream(int i, @Nullable InputStream x, int length)
            throws SQLException {
        text(i, x, checked(length), StandardCharsets.US_ASCII);
    }

    @Override
    public final void setAsciiStream(int i, @Nullable InputStream x, long length)
            throws SQLException {
        text(i, x, checked(length), StandardCharsets.US_ASCII);
    }

    @Override
    @Deprecated
    public final void setUnicodeStream(int i, InputStream x, int length) throws SQLException {
        checkOpen();
        throw Faults.unsupported("setUnicodeStream, which JDBC has given up,");
    }

    @Override
    public final void setCharacterStream(int i, @Nullable Reader x) throws SQLException {
        text(i, x, ALL);
    }

    @Override
    public final void setCharacterStream(int i, @Nullable Reader x, int length)
            throws SQLException {
        text(i, x, checked(length));
    }

    @Override
    public final void setCharacterStream(int i, @Nullable Reader x, long length)
            throws SQLException {
        text(i, x, checked(length));
    }

    @Override
    public final void setNCharacterStream(int i, @Nullable Reader x) throws SQLException {
        text(i, x, ALL);
    }

    @Override
    public final void setNCharacterStream(int i, @Nullable Reader x, long length)
            throws SQLException {
        text(i, x, checked(length));
    }

    @Override
    public final void setClob(int i, @Nullable Reader x) throws SQLException {
        clob(i, x, ALL);
    }

    @Override
    public final void setClob(int i, @Nullable Reader x, long length) throws SQLException {
        clob(i, x, checked(length));
    }

    @Override
    public final void setClob(int i, @Nullable Clob x) throws SQLException {
        clob(i, x == null ? null : x.getCharacterStream(), ALL);
    }

    @Override
    public final void setNClob(int i, @Nullable Reader x) throws SQLException {
        text(i, x, ALL);
    }

    @Override
    public final void setNClob(int i, @Nullable Reader x, long length) throws SQLException {
        text(i, x, checked(length));
    }

    @Override
    public final void setNClob(int i, @Nullable NClob x) throws SQLException {
        text(i, x == null ? null : x.getCharacterStream(), ALL);
    }
}
