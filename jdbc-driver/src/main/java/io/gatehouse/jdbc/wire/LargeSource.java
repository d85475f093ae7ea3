package io.gatehouse.jdbc.wire;

import java.io.InputStream;
import java.sql.SQLException;

/** A value that is too large to be held: its bytes are brought when they are read. */
public interface LargeSource {
    /**
     * The bytes, from a place counted from 0.
     *
     * @throws SQLException among others if they can be read once only, and were
     */
    InputStream open(long from) throws SQLException;

    /** Bytes of a bytea, characters of a text; -1 if that is not known. */
    long size() throws SQLException;

    /** Makes it readable again and again, and from any place; within the driver's bounds. */
    void keep() throws SQLException;
}
