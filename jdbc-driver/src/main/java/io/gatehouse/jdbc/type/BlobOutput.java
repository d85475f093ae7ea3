package io.gatehouse.jdbc.type;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;

/** Bytes for a Blob, which has them at once. */
final class BlobOutput extends OutputStream {
    private final Blob blob;
    private long at;

    BlobOutput(Blob blob, long at) {
        this.blob = blob;
        this.at = at;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        try {
            at += blob.setBytes(at, from, offset, count);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
