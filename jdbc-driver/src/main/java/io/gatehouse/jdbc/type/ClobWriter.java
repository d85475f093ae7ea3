package io.gatehouse.jdbc.type;

import java.io.IOException;
import java.io.Writer;
import java.sql.Clob;
import java.sql.SQLException;

/** Text for a Clob, which has it at once. */
final class ClobWriter extends Writer {
    private final Clob clob;
    private long at;

    ClobWriter(Clob clob, long at) {
        this.clob = clob;
        this.at = at;
    }

    @Override
    public void write(char[] from, int offset, int count) throws IOException {
        try {
            at += clob.setString(at, new String(from, offset, count));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void flush() {
        // Nothing waits here.
    }

    @Override
    public void close() {
        // The Clob has everything.
    }
}
