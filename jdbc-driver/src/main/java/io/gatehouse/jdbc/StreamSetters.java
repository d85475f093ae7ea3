package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Encoding;
import io.gatehouse.jdbc.type.TypeId;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;

/** Parameters from streams: read at once, up to what a message may hold. */
abstract class StreamSetters extends GatehouseStatement implements PreparedStatement {
    static final long ALL = -1;

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
            byte[] text = read(x, length).getBytes(StandardCharsets.UTF_8);
            setLargeObject(index, new ByteArrayInputStream(text), ALL);
        } else {
            text(index, x, length);
        }
    }

    private void setLargeObject(int index, InputStream x, long length) throws SQLException {
        try {
            setLong(index, new LargeObjects(connection()).store(x, length));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void bytes(int index, @Nullable InputStream x, long length) throws SQLException {
        set(index, x == null ? Encoding.ofNull(Types.LONGVARBINARY) : Encoding.of(read(x, length)));
    }

    private void text(int index, @Nullable Reader x, long length) throws SQLException {
        set(
                index,
                x == null
                        ? Encoding.ofNull(Types.LONGVARCHAR)
                        : Encoding.text(TypeId.TEXT, read(x, length)));
    }

    private void text(int index, @Nullable InputStream x, long length, Charset charset)
            throws SQLException {
        if (x == null) {
            text(index, null, ALL);
        } else {
            text(index, new InputStreamReader(x, charset), length);
        }
    }

    private byte[] read(InputStream in, long length) throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        try {
            while (length == ALL || out.size() < length) {
                int wanted =
                        length == ALL
                                ? piece.length
                                : (int) Math.min(piece.length, length - out.size());
                int got = in.read(piece, 0, wanted);
                if (got < 0) {
                    break;
                }
                out.write(piece, 0, got);
                checkSize(out.size());
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        checkLength(out.size(), length);
        return out.toByteArray();
    }

    private String read(Reader in, long length) throws SQLException {
        StringBuilder out = new StringBuilder();
        char[] piece = new char[8192];
        try {
            while (length == ALL || out.length() < length) {
                int wanted =
                        length == ALL
                                ? piece.length
                                : (int) Math.min(piece.length, length - out.length());
                int got = in.read(piece, 0, wanted);
                if (got < 0) {
                    break;
                }
                out.append(piece, 0, got);
                checkSize(out.length());
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        checkLength(out.length(), length);
        return out.toString();
    }

    private void checkSize(int size) throws SQLException {
        if (size > session().maxFrame()) {
            throw new SQLDataException(
                    "The stream holds more than the "
                            + session().maxFrame()
                            + " bytes that the broker accepts in one message.",
                    "54000");
        }
    }

    static void checkLength(long read, long length) throws SQLException {
        if (length != ALL && read < length) {
            throw new SQLDataException(
                    "The stream ended after " + read + " of " + length + ".", "22026");
        }
    }

    private static SQLException unreadable(IOException e) {
        return new SQLDataException("The stream could not be read.", "22000", e);
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
        blob(i, x == null ? null : x.getBinaryStream(), ALL);
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
