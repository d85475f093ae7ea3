package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.RowCursor;
import io.gatehouse.jdbc.type.Cell;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.wire.Column;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of the broker: forward only, read only, decoded when read. */
final class GatehouseResultSet extends ValueGetters {
    private final RowCursor rows;
    private final List<Column> columns;
    private final @Nullable GatehouseStatement statement;
    private final ColumnDetail detail;
    private final Cell cell;

    private @Nullable Map<String, Integer> byLabel;
    private long row;
    private boolean onRow;
    private boolean wasNull;
    private boolean closed;
    private int fetchSize;

    /** A result set over rows; the statement is null for results of the metadata. */
    GatehouseResultSet(
            RowCursor rows, @Nullable GatehouseStatement statement, ColumnDetail detail) {
        this.rows = rows;
        this.columns = rows.columns();
        this.statement = statement;
        this.detail = detail;
        this.cell = new Cell(statement == null ? Manner.STANDARD : statement.connection().manner());
    }

    private void checkOpen() throws SQLException {
        if (isClosed()) {
            throw Faults.closed("result set");
        }
    }

    @Override
    @Nullable Cell cell(int column) throws SQLException {
        if (!onRow || closed) {
            checkOpen();
            throw Faults.cursor("The result set is not on a row: call next() and see it say true.");
        }
        if (column < 1 || column > columns.size()) {
            throw noColumn(column);
        }
        int length = rows.length(column - 1);
        wasNull = length < 0;
        if (wasNull) {
            return null;
        }
        Column of = columns.get(column - 1);
        return cell.scale(of.scale())
                .point(of.type(), rows.bytes(), rows.start(column - 1), length);
    }

    @Override
    Column column(int column) throws SQLException {
        if (column < 1 || column > columns.size()) {
            throw noColumn(column);
        }
        return columns.get(column - 1);
    }

    private SQLException noColumn(int column) {
        return Faults.noColumn(
                "There is no column " + column + ": the result has " + columns.size() + ".");
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
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
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        onRow = false;
        rows.close();
        GatehouseStatement owner = statement;
        if (owner != null) {
            owner.closedResult(this);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || (statement != null && statement.isClosed());
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        checkOpen();
        Map<String, Integer> index = byLabel;
        if (index == null) {
            index = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                index.putIfAbsent(columns.get(i).label(), i + 1);
                index.putIfAbsent(columns.get(i).label().toLowerCase(Locale.ROOT), i + 1);
            }
            byLabel = index;
        }
        // Case does not matter, and of equal labels the first wins.
        Integer found = index.get(label.toLowerCase(Locale.ROOT));
        if (found == null) {
            found = index.get(label);
        }
        if (found == null) {
            throw Faults.noColumn("The result has no column labelled " + label + ".");
        }
        return found;
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new GatehouseResultSetMetaData(columns, detail);
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        checkOpen();
        return statement;
    }

    // ---- where it is

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return row == 0 && !rows.isAtEnd();
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return row < -1;
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return row == 1 && onRow;
    }

    @Override
    public boolean isLast() throws SQLException {
        checkOpen();
        if (onRow && !rows.isAtEnd()) {
            throw Faults.unsupported("isLast() on a result set that is still arriving");
        }
        return onRow;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return onRow ? (int) Math.min(row, Integer.MAX_VALUE) : 0;
    }

    private static SQLException forwardOnly() {
        return Faults.unsupported("Moving other than forward in a result set");
    }

    @Override
    public void beforeFirst() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public void afterLast() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean first() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean last() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean absolute(int n) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean relative(int n) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public boolean previous() throws SQLException {
        throw forwardOnly();
    }

    // ---- what it is

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        return CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return CLOSE_CURSORS_AT_COMMIT;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != FETCH_FORWARD) {
            throw forwardOnly();
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return FETCH_FORWARD;
    }

    @Override
    public void setFetchSize(int size) throws SQLException {
        checkOpen();
        if (size < 0) {
            throw Faults.badArgument("A fetch size is not negative.");
        }
        fetchSize = size;
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public String getCursorName() throws SQLException {
        throw Faults.unsupported("A named cursor");
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public boolean rowInserted() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
    }

    /** Whether an object of {@code java.sql} is this class's kind of result set. */
    static boolean isForwardReadOnly(int type, int concurrency) {
        return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
    }
}
