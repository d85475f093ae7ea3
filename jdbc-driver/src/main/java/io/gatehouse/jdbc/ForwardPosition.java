package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.RowCursor;

import java.sql.SQLException;

/** Forward only: a row is gone with the next one. */
final class ForwardPosition implements RowPosition {
    private final RowCursor rows;
    private long row;
    private boolean onRow;

    ForwardPosition(RowCursor rows) {
        this.rows = rows;
    }

    @Override
    public boolean next() throws SQLException {
        if (row < 0) {
            return false;
        }
        onRow = false;
        if (rows.next()) {
            onRow = true;
            row++;
            return true;
        }
        row = row == 0 ? -1 : -row - 1;
        return false;
    }

    @Override
    public boolean isOnRow() {
        return onRow;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        return row == 0 && !rows.isAtEnd();
    }

    @Override
    public boolean isAfterLast() {
        return row < -1;
    }

    @Override
    public boolean isLast() throws SQLException {
        if (onRow && !rows.isAtEnd()) {
            throw Faults.unsupported("isLast() on a result set that is still arriving");
        }
        return onRow;
    }

    @Override
    public long row() {
        return onRow ? row : 0;
    }
}
