package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.Column;

import java.sql.SQLException;
import java.util.List;

/** Finds the fields of columns that do not come with every result. */
interface ColumnDetail {
    /** The same columns with all their fields. */
    List<Column> full() throws SQLException;
}
