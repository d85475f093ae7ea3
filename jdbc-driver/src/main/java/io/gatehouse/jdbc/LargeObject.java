package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.BlockInput;
import io.gatehouse.jdbc.wire.LargeSource;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

/** One of PostgreSQL's large objects, of which only a piece is here at a time. */
final class LargeObject implements LargeSource {
    private static final long UNKNOWN = -1;

    private final LargeObjects objects;
    private final long number;
    private final boolean bytes;

    /**
     * An object.
     *
     * @param bytes whether its bytes are the value, and not a text in UTF-8
     */
    LargeObject(LargeObjects objects, long number, boolean bytes) {
        this.objects = objects;
        this.number = number;
        this.bytes = bytes;
    }

    @Override
    public InputStream open(long from) {
        return new Content(from);
    }

    @Override
    public long size() throws SQLException {
        return bytes ? objects.size(number) : UNKNOWN;
    }

    @Override
    public void keep() {
        // The database keeps it.
    }

    private final class Content extends BlockInput {
        private long next;
        private byte[] piece = new byte[0];
        private int at;
        private boolean last;

        Content(long from) {
            next = from;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!has()) {
                return -1;
            }
            int n = Math.min(count, piece.length - at);
            System.arraycopy(piece, at, into, offset, n);
            at += n;
            return n;
        }

        private boolean has() throws IOException {
            if (at == piece.length && !last) {
                try {
                    piece = objects.read(number, next);
                } catch (SQLException e) {
                    throw new IOException(e.getMessage(), e);
                }
                at = 0;
                next += piece.length;
                last = piece.length < objects.piece();
            }
            return at < piece.length;
        }
    }
}
