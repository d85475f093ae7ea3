package io.gatehouse.jdbc;

import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;

import java.sql.SQLException;

/** Anywhere among rows that are kept. */
final class ScrollPosition implements RowPosition {
    private final KeptRows rows;

    /** Of the current row, counted from 0; -1 is before the first. */
    private int index = -1;

    private boolean onRow;

    ScrollPosition(KeptRows rows) {
        this.rows = rows;
    }

    /** Why another result set cannot do this. */
    static SQLException forwardOnly(Manner backend) {
        return Misuse.FORWARD_ONLY.at(
                backend,
                "This result set moves forward only: create the statement with"
                        + " TYPE_SCROLL_INSENSITIVE.");
    }

    private boolean to(int wanted) throws SQLException {
        onRow = false;
        index = Math.max(wanted, -1);
        if (index < 0) {
            return false;
        }
        if (!rows.has(index)) {
            index = rows.count();
            return false;
        }
        rows.show(index);
        onRow = true;
        return true;
    }

    @Override
    public boolean next() throws SQLException {
        return to(index + 1);
    }

    /** Moves to a row, counted from 1, or from the end with -1; 0 is before the first. */
    boolean absolute(int n) throws SQLException {
        return to(n >= 0 ? n - 1 : Math.max(-1, rows.count() + n));
    }

    boolean relative(int n) throws SQLException {
        return to((int) Math.min(Integer.MAX_VALUE, Math.max(-1L, (long) index + n)));
    }

    void afterLast() throws SQLException {
        to(rows.count());
    }

    /** Shows the current row again, which was changed or from which something looked away. */
    void again() throws SQLException {
        if (onRow) {
            rows.show(index);
        }
    }

    /** The current row was deleted: the one before it is the current one now. */
    void back() throws SQLException {
        to(index - 1);
    }

    int index() {
        return index;
    }

    @Override
    public boolean isOnRow() {
        return onRow;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        return index < 0 && rows.has(0);
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        return index >= 0 && !onRow && rows.count() > 0;
    }

    @Override
    public boolean isLast() throws SQLException {
        if (!onRow) {
            return false;
        }
        boolean last = !rows.has(index + 1);
        again();
        return last;
    }

    @Override
    public long row() {
        return onRow ? index + 1L : 0;
    }
}
