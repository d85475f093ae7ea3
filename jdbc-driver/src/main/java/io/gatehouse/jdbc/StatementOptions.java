package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.ExecuteSettings;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.Misuse;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** What can be set on a statement, and its warnings. */
abstract class StatementOptions extends Wrapped implements Statement {
    private static final int MOST_NAME = 256;

    /** What needs no quotes in MySQL and MariaDB. */
    private static final String PLAIN_NAME = "[\\p{Alnum}_$]+";

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
            throw Misuse.CLOSED_STATEMENT.at(connection.manner(), "The statement is closed.");
        }
        if (connection.isClosed()) {
            throw Misuse.STATEMENT_OF_CLOSED_CONNECTION.at(
                    connection.manner(), "The statement's connection is closed.");
        }
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
        // It is told again, and cuts nothing off: most drivers have it like that.
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
        checkOpen();
        if (connection.manner() == Manner.MARIADB) {
            throw Faults.lacking("named cursors");
        }
        // JDBC wants no more of databases without positioned updates; all drivers have it so.
    }

    /** The name of a result set's cursor: no database has one by JDBC, and some drivers say so. */
    static @Nullable String cursorName(Manner manner) throws SQLException {
        if (manner != Manner.POSTGRES && manner != Manner.SQLITE) {
            throw Faults.lacking("named cursors");
        }
        return null;
    }

    @Override
    public final boolean isSimpleIdentifier(String identifier) throws SQLException {
        switch (connection.manner()) {
            case H2:
                return identifier.equals(identifier.toUpperCase(Locale.ROOT))
                        && Statement.super.isSimpleIdentifier(identifier);
            case MYSQL:
                return identifier.matches(PLAIN_NAME);
            default:
                return Statement.super.isSimpleIdentifier(identifier);
        }
    }

    @Override
    public final String enquoteIdentifier(String identifier, boolean always) throws SQLException {
        switch (connection.manner()) {
            case H2:
                return quoted(identifier, always || !isSimpleIdentifier(identifier), '"');
            case MARIADB:
            case MYSQL:
                return quoted(identifier, always || !identifier.matches(PLAIN_NAME), '`');
            default:
                return Statement.super.enquoteIdentifier(identifier, always);
        }
    }

    private static String quoted(String name, boolean needed, char with) throws SQLException {
        if (name.isEmpty() || name.length() > MOST_NAME) {
            throw Faults.badArgument("A name has 1 to " + MOST_NAME + " characters.");
        }
        String quote = String.valueOf(with);
        boolean already = name.length() > 1 && name.startsWith(quote) && name.endsWith(quote);
        return already || !needed ? name : quote + name.replace(quote, quote + quote) + quote;
    }

    @Override
    public final String enquoteNCharLiteral(String value) throws SQLException {
        return connection.manner() == Manner.MARIADB
                ? enquoteLiteral(value)
                : Statement.super.enquoteNCharLiteral(value);
    }
}
