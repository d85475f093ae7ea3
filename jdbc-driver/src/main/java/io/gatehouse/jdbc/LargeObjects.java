package io.gatehouse.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
        StreamSetters.checkLength(written, length);
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

    /** The whole content of an object. */
    byte[] read(long number) throws SQLException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (PreparedStatement s =
                connection.prepareStatement("select pg_catalog.lo_get(?, ?, ?)")) {
            s.setLong(1, number);
            s.setInt(3, piece);
            int got;
            do {
                s.setLong(2, all.size());
                try (ResultSet rows = s.executeQuery()) {
                    rows.next();
                    byte[] content = rows.getBytes(1);
                    got = content.length;
                    all.writeBytes(content);
                }
            } while (got == piece);
        }
        return all.toByteArray();
    }
}
