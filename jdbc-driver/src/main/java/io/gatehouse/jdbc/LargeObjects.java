package io.gatehouse.jdbc;

import io.gatehouse.jdbc.type.HeldBlob;
import io.gatehouse.jdbc.type.HeldClob;
import io.gatehouse.jdbc.type.LargeBlob;
import io.gatehouse.jdbc.type.LargeClob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * PostgreSQL's large objects, of which a column holds the number only. They are written and read
 * piece by piece, with statements of their own that pass the policy as any other does.
 */
final class LargeObjects {
    private static final int MOST = 1 << 20;

    private final GatehouseConnection connection;
    private final int piece;

    LargeObjects(GatehouseConnection connection) {
        this.connection = connection;
        this.piece = Math.min(MOST, connection.session().maxFrame() / 2);
    }

    /** Whether values of a type are numbers of large objects, as the backend names the type. */
    static boolean areNumbers(String typeName) {
        return typeName.equals("oid");
    }

    /**
     * Makes an object and gives its number.
     *
     * @param length of what is taken from the stream; {@link StreamSetters#ALL} takes all of it
     */
    long store(InputStream content, long length) throws SQLException, IOException {
        connection.checkManual("Writing a large object");
        byte[] first = next(content, length, 0);
        long number = made(first);
        long written = first.length;
        for (byte[] more = next(content, length, written);
                more.length > 0;
                more = next(content, length, written)) {
            append(number, written, more);
            written += more.length;
        }
        StreamValue.checkLength(written, length);
        return number;
    }

    private byte[] next(InputStream content, long length, long written) throws IOException {
        return content.readNBytes(
                length == StreamSetters.ALL
                        ? piece
                        : (int) Math.min(piece, Math.max(0, length - written)));
    }

    private long made(byte[] content) throws SQLException {
        try (PreparedStatement s =
                connection.prepareStatement("select pg_catalog.lo_from_bytea(0, ?)")) {
            s.setBytes(1, content);
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void append(long number, long at, byte[] content) throws SQLException {
        try (PreparedStatement s =
                connection.prepareStatement("select pg_catalog.lo_put(?, ?, ?)")) {
            s.setLong(1, number);
            s.setLong(2, at);
            s.setBytes(3, content);
            s.execute();
        }
    }

    Blob blob(long number) throws SQLException {
        byte[] first = read(number, 0);
        return first.length < piece
                ? new HeldBlob(connection.manner(), first)
                : new LargeBlob(connection.manner(), new LargeObject(this, number, true));
    }

    Clob clob(long number) throws SQLException {
        byte[] first = read(number, 0);
        return first.length < piece
                ? new HeldClob(connection.manner(), new String(first, StandardCharsets.UTF_8))
                : new LargeClob(connection.manner(), new LargeObject(this, number, false));
    }

    /** How many bytes {@link #read} gives at most, and gives less of only at the object's end. */
    int piece() {
        return piece;
    }

    /** The bytes of an object from a place on. */
    byte[] read(long number, long at) throws SQLException {
        return read(number, at, piece);
    }

    private byte[] read(long number, long at, int most) throws SQLException {
        try (PreparedStatement s =
                connection.prepareStatement("select pg_catalog.lo_get(?, ?, ?)")) {
            s.setLong(1, number);
            s.setLong(2, at);
            s.setInt(3, most);
            try (ResultSet rows = s.executeQuery()) {
                rows.next();
                return rows.getBytes(1);
            }
        }
    }

    /** How many bytes an object has, found by looking where it ends. */
    long size(long number) throws SQLException {
        long there = 0;
        long beyond = piece;
        while (read(number, beyond - 1, 1).length > 0) {
            there = beyond;
            beyond *= 2;
        }
        while (beyond - there > 1) {
            long middle = there + (beyond - there) / 2;
            if (read(number, middle - 1, 1).length > 0) {
                there = middle;
            } else {
                beyond = middle;
            }
        }
        return there;
    }
}
