package io.gatehouse.jdbc;

import java.sql.SQLException;

/** Where a result set stands among its rows. */
interface RowPosition {
    boolean next() throws SQLException;

    boolean isOnRow();

    boolean isBeforeFirst() throws SQLException;

    boolean isAfterLast() throws SQLException;

    boolean isLast() throws SQLException;

    /** The number of the current row, counted from 1; 0 off the rows. */
    long row();
}
