package io.gatehouse.jdbc.wire;

import java.io.IOException;
import java.sql.SQLException;

/** The bytes of a parameter that is too large for one message, in their order. */
public interface Outflow {
    /**
     * Begins to read it, which can be done once.
     *
     * @throws SQLException if that has been done before
     */
    void begin() throws SQLException;

    /** As many of its next bytes; fewer only at its end. */
    byte[] next(int most) throws IOException;

    /** What the application is told when it could not be read; the cause is where it comes from. */
    SQLException told(IOException failure, SQLException byBroker);
}
