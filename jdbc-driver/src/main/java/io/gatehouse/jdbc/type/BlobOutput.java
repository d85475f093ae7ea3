package io.gatehouse.jdbc.type;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Blob;
import java.sql.SQLException;

/** Bytes for a Blob, which has them when this is flushed or closed. */
final class BlobOutput extends ByteArrayOutputStream {
    private final Blob blob;
    private long at;

    BlobOutput(Blob blob, long at) {
        this.blob = blob;
        this.at = at;
    }

    @Override
    public void flush() throws IOException {
        try {
            at += blob.setBytes(at, toByteArray());
            reset();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
