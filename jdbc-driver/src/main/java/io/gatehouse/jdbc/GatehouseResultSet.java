package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.RowCursor;
import io.gatehouse.jdbc.session.RowPlace;
import io.gatehouse.jdbc.type.Cell;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.LargeSource;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;

/** Rows of the broker, decoded when read. */
final class GatehouseResultSet extends ValueGetters {
    private final RowCursor rows;
    private final List<Column> columns;
    private final @Nullable GatehouseStatement statement;
    private final ResultShape shape;
    private final ColumnDetail detail;
    private final Manner backend;
    private final Cell cell;
    private final RowPosition position;
    private final @Nullable ScrollPosition kept;
    private final @Nullable RowEdits edits;

    private @Nullable ColumnLabels labels;
    private boolean wasNull;
    private boolean closed;
    private int fetchSize;
    private int fetchDirection = FETCH_FORWARD;

    /** A usual result set of a statement. */
    GatehouseResultSet(RowCursor rows, GatehouseStatement statement, ColumnDetail detail) {
        this(rows, statement, statement.connection().manner(), detail);
    }

    /** A result of the metadata, whose values are of the JDBC specification's types. */
    GatehouseResultSet(RowCursor rows, Manner backend) {
        this(rows, null, backend, rows::columns);
    }

    private GatehouseResultSet(
            RowCursor rows,
            @Nullable GatehouseStatement statement,
            Manner backend,
            ColumnDetail detail) {
        this.rows = rows;
        this.columns = rows.columns();
        this.statement = statement;
        this.shape = ResultShape.USUAL;
        this.detail = detail;
        this.backend = backend;
        this.cell = statement == null ? new Cell(Manner.STANDARD) : statement.cell();
        this.position = new ForwardPosition(rows);
        this.kept = null;
        this.edits = null;
    }

    /** A result set of a shape other than the usual one, which keeps its rows. */
    GatehouseResultSet(
            RowCursor rows, GatehouseStatement statement, ResultShape shape, ColumnDetail detail)
            throws SQLException {
        GatehouseConnection connection = statement.connection();
        KeptRows all = new KeptRows(rows, connection.options().keptRows());
        ScrollPosition scroll = new ScrollPosition(all);
        this.rows = rows;
        this.columns = rows.columns();
        this.statement = statement;
        this.shape = shape;
        this.detail = detail;
        this.backend = connection.manner();
        this.cell = statement.cell();
        this.position = scroll;
        this.kept = scroll;
        this.edits =
                shape.isUpdatable() ? new RowEdits(connection, rows, all, scroll, detail) : null;
        this.fetchDirection = statement.getFetchDirection();
    }

    /** Rows that are here already, e.g. the elements of an array. */
    GatehouseResultSet(Manner backend, List<Column> columns, List<RowPlace> here) {
        this.rows = RowCursor.of(columns);
        KeptRows all = new KeptRows(rows, Long.MAX_VALUE);
        here.forEach(all::add);
        ScrollPosition scroll = new ScrollPosition(all);
        this.columns = columns;
        this.statement = null;
        this.shape =
                new ResultShape(
                        TYPE_SCROLL_INSENSITIVE, CONCUR_READ_ONLY, HOLD_CURSORS_OVER_COMMIT);
        this.detail = () -> columns;
        this.backend = backend;
        this.cell = new Cell(backend);
        this.position = scroll;
        this.kept = scroll;
        this.edits = null;
    }

    private void checkOpen() throws SQLException {
        if (isClosed()) {
            throw Misuse.CLOSED_RESULT.at(backend, "The result set is closed.");
        }
    }

    private void checkReadable() throws SQLException {
        if (isClosed()) {
            throw Misuse.COLUMN_OF_CLOSED_RESULT.at(backend, "The result set is closed.");
        }
    }

    @Override
    @Nullable Cell cell(int column) throws SQLException {
        RowEdits changes = edits;
        if (changes != null && changes.isInserting()) {
            return insertRowCell(changes, column);
        }
        if (!position.isOnRow() || closed) {
            checkReadable();
            throw Misuse.OFF_THE_ROWS.at(backend, RowPosition.NOWHERE);
        }
        Column of = column(column);
        int length = rows.length(column - 1);
        wasNull = length < 0;
        return wasNull ? null : cell.point(of, rows.bytes(), rows.start(column - 1), length);
    }

    @Override
    @Nullable LargeSource pieces(int column) throws SQLException {
        LargeSource source = rows.pieces(column - 1);
        wasNull &= source == null;
        return source;
    }

    /** On the insert row, what waits there can be read. */
    private @Nullable Cell insertRowCell(RowEdits changes, int column) throws SQLException {
        checkOpen();
        column(column);
        Parameter waiting = changes.waiting(column);
        wasNull = waiting == null || waiting.isNull();
        if (waiting == null || wasNull) {
            return null;
        }
        byte[] bytes = waiting.bytes();
        return cell.point(waiting.type(), bytes, 0, bytes.length);
    }

    /** A copy of a value's bytes; null: SQL NULL. */
    byte @Nullable [] value(int column) throws SQLException {
        return rows.value(column - 1);
    }

    /** A value of the current row as a parameter of the same type. */
    Parameter parameter(int column) throws SQLException {
        return new Parameter(column(column).type(), value(column));
    }

    @Override
    Manner manner() {
        return backend;
    }

    @Override
    Column column(int column) throws SQLException {
        return ColumnLabels.at(columns, column, Misuse.NO_SUCH_NUMBER, backend);
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        leaveRow();
        return position.next();
    }

    private void leaveRow() throws SQLException {
        RowEdits changes = edits;
        if (changes != null) {
            changes.leave();
        }
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        rows.close();
        RowEdits changes = edits;
        if (changes != null) {
            changes.close();
        }
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
        return wasNull || cell.isTakenForNull();
    }

    @Override
    public int findColumn(String label) throws SQLException {
        checkReadable();
        ColumnLabels known = labels;
        if (known == null) {
            known = new ColumnLabels(columns);
            labels = known;
        }
        return known.find(label, backend);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new GatehouseResultSetMetaData(backend, columns, detail);
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        checkOpen();
        return statement;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return position.isBeforeFirst();
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return position.isAfterLast();
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return position.row() == 1;
    }

    @Override
    public boolean isLast() throws SQLException {
        checkOpen();
        return position.isLast();
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return (int) Math.min(position.row(), Integer.MAX_VALUE);
    }

    /** Every move drops what waits for the row that is left. */
    private ScrollPosition move() throws SQLException {
        checkOpen();
        ScrollPosition scroll = kept;
        if (scroll == null || !shape.scrolls()) {
            throw ScrollPosition.forwardOnly(backend);
        }
        leaveRow();
        return scroll;
    }

    @Override
    public void beforeFirst() throws SQLException {
        move().absolute(0);
    }

    @Override
    public void afterLast() throws SQLException {
        move().afterLast();
    }

    @Override
    public boolean first() throws SQLException {
        return move().absolute(1);
    }

    @Override
    public boolean last() throws SQLException {
        return move().absolute(-1);
    }

    @Override
    public boolean absolute(int n) throws SQLException {
        return move().absolute(n);
    }

    @Override
    public boolean relative(int n) throws SQLException {
        return move().relative(n);
    }

    @Override
    public boolean previous() throws SQLException {
        return move().relative(-1);
    }

    @Override
    RowEdits edits() throws SQLException {
        checkOpen();
        RowEdits changes = edits;
        if (changes == null) {
            throw EditRefusal.READ_ONLY.asked(backend);
        }
        return changes;
    }

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return shape.type();
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        RowEdits changes = edits;
        if (changes == null) {
            return CONCUR_READ_ONLY;
        }
        // These drivers know beforehand; others find out with the first change.
        boolean told = backend == Manner.MYSQL || backend == Manner.H2;
        return told && !changes.isPossible() ? CONCUR_READ_ONLY : CONCUR_UPDATABLE;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        GatehouseStatement owner = statement;
        return owner == null ? CLOSE_CURSORS_AT_COMMIT : owner.getResultSetHoldability();
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        StatementOptions.checkDirection(direction);
        if (direction != FETCH_FORWARD && !shape.scrolls()) {
            throw ScrollPosition.forwardOnly(backend);
        }
        fetchDirection = direction;
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return fetchDirection;
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
    public @Nullable String getCursorName() throws SQLException {
        checkOpen();
        return StatementOptions.cursorName(backend);
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
}
