package io.gatehouse.jdbc;

import java.sql.SQLException;

/** Where a result set stands among its rows. */
interface RowPosition {
    /** What is said where a row is needed. */
    String NOWHERE = "The result set is not on a row: call next() and see it say true.";

    boolean next() throws SQLException;

    boolean isOnRow();

    boolean isBeforeFirst() throws SQLException;

    boolean isAfterLast() throws SQLException;

    boolean isLast() throws SQLException;

    /** The number of the current row, counted from 1; 0 off the rows. */
    long row();
}
