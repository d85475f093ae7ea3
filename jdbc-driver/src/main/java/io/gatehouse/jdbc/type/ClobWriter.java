package io.gatehouse.jdbc.type;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Clob;
import java.sql.SQLException;

/** Text for a Clob, which has it when this is closed. */
final class ClobWriter extends StringWriter {
    private final Clob clob;
    private final long at;

    ClobWriter(Clob clob, long at) {
        this.clob = clob;
        this.at = at;
    }

    @Override
    public void close() throws IOException {
        try {
            clob.setString(at, toString());
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
