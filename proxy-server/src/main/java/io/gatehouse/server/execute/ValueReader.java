package io.gatehouse.server.execute;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the values of one column; chosen once per result. */
@FunctionalInterface
interface ValueReader {
    /**
     * Hands the current row's value to the sink.
     *
     * @return about how many bytes the value has
     */
    int read(ResultSet rs, int column, RowSink sink) throws SQLException;
}
