package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.ExecuteSettings;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;

/** What can be set on a statement, and its warnings. */
abstract class StatementOptions extends Wrapped implements Statement {
    private final GatehouseConnection connection;
    private @Nullable SQLWarning warnings;
    private int fetchSize;
    private long maxRows;
    private int timeoutSeconds;
    private int maxFieldSize;
    private boolean escapes = true;
    private boolean poolable;
    private boolean closeOnCompletion;
    private int fetchDirection = ResultSet.FETCH_FORWARD;
    private ResultShape shape = ResultShape.USUAL;
    private volatile boolean closed;

    StatementOptions(GatehouseConnection connection) {
        this.connection = connection;
        this.fetchSize = connection.options().fetchSize();
    }

    final void checkOpen() throws SQLException {
        if (closed) {
            throw Faults.closed("statement");
        }
        connection.checkOpen();
    }

    final boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    final ExecuteSettings how(int expect) {
        return new ExecuteSettings(expect, timeoutMillis(), maxRows, fetchSize);
    }

    final int timeoutMillis() {
        return (int) Math.min(Integer.MAX_VALUE, timeoutSeconds * 1000L);
    }

    /** Says what kind of result sets this makes, before it runs. */
    final void shape(ResultShape wanted) {
        shape = wanted;
    }

    final ResultShape shape() {
        return shape;
    }

    final boolean isUsualShape() {
        return !shape.scrolls() && !shape.isUpdatable();
    }

    final boolean processesEscapes() {
        return escapes;
    }

    final void warn(List<Fault> faults) {
        for (Fault fault : faults) {
            warn(Faults.warning(fault));
        }
    }

    final void warn(SQLWarning warning) {
        SQLWarning first = warnings;
        if (first == null) {
            warnings = warning;
        } else {
            first.setNextWarning(warning);
        }
    }

    final GatehouseConnection connection() {
        return connection;
    }

    @Override
    public final GatehouseConnection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public final boolean isClosed() throws SQLException {
        return closed || connection.isClosed();
    }

    @Override
    public final @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public final void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public final int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public final void setFetchSize(int rows) throws SQLException {
        checkOpen();
        notNegative(rows, "A fetch size");
        fetchSize = rows;
    }

    @Override
    public final int getMaxRows() throws SQLException {
        checkOpen();
        return (int) Math.min(maxRows, Integer.MAX_VALUE);
    }

    @Override
    public final void setMaxRows(int rows) throws SQLException {
        setLargeMaxRows(rows);
    }

    @Override
    public final long getLargeMaxRows() throws SQLException {
        checkOpen();
        return maxRows;
    }

    @Override
    public final void setLargeMaxRows(long rows) throws SQLException {
        checkOpen();
        notNegative(rows, "A number of rows");
        maxRows = rows;
    }

    @Override
    public final int getQueryTimeout() throws SQLException {
        checkOpen();
        return timeoutSeconds;
    }

    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        notNegative(seconds, "A timeout");
        timeoutSeconds = seconds;
    }

    @Override
    public final int getMaxFieldSize() throws SQLException {
        checkOpen();
        return maxFieldSize;
    }

    @Override
    public final void setMaxFieldSize(int bytes) throws SQLException {
        checkOpen();
        notNegative(bytes, "A field size");
        if (bytes != 0) {
            // Cutting values off in silence is what nobody asks for any more.
            throw Faults.unsupported("A maximum field size");
        }
        maxFieldSize = bytes;
    }

    private static void notNegative(long number, String what) throws SQLException {
        if (number < 0) {
            throw Faults.badArgument(what + " is not negative.");
        }
    }

    @Override
    public final void setEscapeProcessing(boolean on) throws SQLException {
        checkOpen();
        escapes = on;
    }

    static void checkDirection(int direction) throws SQLException {
        if (direction != ResultSet.FETCH_FORWARD
                && direction != ResultSet.FETCH_REVERSE
                && direction != ResultSet.FETCH_UNKNOWN) {
            throw Faults.badArgument("This is not a fetch direction.");
        }
    }

    @Override
    public final void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        checkDirection(direction);
        fetchDirection = direction;
    }

    @Override
    public final int getFetchDirection() throws SQLException {
        checkOpen();
        return fetchDirection;
    }

    @Override
    public final int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return shape.concurrency();
    }

    @Override
    public final int getResultSetType() throws SQLException {
        checkOpen();
        return shape.type();
    }

    @Override
    public final int getResultSetHoldability() throws SQLException {
        checkOpen();
        int own = shape.holdability();
        return own == 0 ? connection.getHoldability() : own;
    }

    @Override
    public final void setPoolable(boolean on) throws SQLException {
        checkOpen();
        poolable = on;
    }

    @Override
    public final boolean isPoolable() throws SQLException {
        checkOpen();
        return poolable;
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        checkOpen();
        closeOnCompletion = true;
    }

    @Override
    public final boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return closeOnCompletion;
    }

    @Override
    public final void setCursorName(String name) throws SQLException {
        throw Faults.unsupported("A named cursor");
    }
}
