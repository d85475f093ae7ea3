package io.gatehouse.server.execute;

import io.gatehouse.server.kind.Streaming;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;

/** The walk over the results of one statement, which may be set aside between two rows. */
final class OpenCursor implements Cursor {
    private final Lease lease;
    private final Statement statement;
    private final Call.Keys keys;
    private final long maxRows;
    private final boolean ownsTransaction;

    private boolean single;
    private @Nullable ResultSet result;
    private RowSink.Kind rowsOf = RowSink.Kind.RESULT;
    private ColumnList columns = ColumnList.NONE;
    private long rows;
    private long bytes;
    private int portion;
    private boolean closed;

    /**
     * @param maxRows 0 for all
     * @param ownsTransaction whether a transaction was begun only to read this result
     */
    OpenCursor(
            Lease lease,
            Statement statement,
            Call.Keys keys,
            long maxRows,
            boolean ownsTransaction) {
        this.lease = lease;
        this.statement = statement;
        this.keys = keys;
        this.maxRows = maxRows;
        this.ownsTransaction = ownsTransaction;
    }

    boolean ownsTransaction() {
        return ownsTransaction;
    }

    boolean exclusive() {
        return lease.kind().streaming().exclusive();
    }

    /**
     * @param first the first result; null where the statement brought a count
     * @param single whether only that one was asked for
     */
    Outcome start(@Nullable ResultSet first, boolean single, RowSink sink)
            throws SQLException, InterruptedException {
        this.single = single;
        warn(statement.getWarnings(), sink);
        if (first != null) {
            open(first, RowSink.Kind.RESULT, sink);
        }
        return walk(first == null, sink);
    }

    /** What a batch leaves: the keys it generated, if they were asked for. */
    Outcome keysOnly(RowSink sink) throws SQLException, InterruptedException {
        warn(statement.getWarnings(), sink);
        if (!openKeys(sink)) {
            finish();
            return new Outcome.Finished();
        }
        return walk(false, sink);
    }

    /** The rows of a call on the catalogue. */
    Outcome catalog(ResultSet rs, RowSink sink) throws SQLException, InterruptedException {
        single = true;
        open(rs, RowSink.Kind.RESULT, sink);
        return walk(false, sink);
    }

    Outcome resume(RowSink sink) throws SQLException, InterruptedException {
        if (closed) {
            throw new SQLException("the result is closed", "24000");
        }
        LeaseState.of(lease).cursors().remove(this);
        lease.running(Running.canceller(lease.connection(), statement));
        try {
            return walk(false, sink);
        } catch (SQLException | RuntimeException e) {
            closed = true;
            Running.close(statement, e);
            if (ownsTransaction) {
                Running.endOwn(lease.connection(), e);
            }
            throw e;
        }
    }

    private void open(ResultSet next, RowSink.Kind kind, RowSink sink) throws SQLException {
        result = next;
        rowsOf = kind;
        rows = 0;
        bytes = 0;
        portion = 0;
        columns = ColumnList.of(lease, next);
        sink.columns(kind, columns.fullDetail(), columns.columns());
    }

    /**
     * @param counting whether the current result is a count rather than rows
     */
    private Outcome walk(boolean counting, RowSink sink) throws SQLException, InterruptedException {
        boolean count = counting;
        while (true) {
            if (result != null) {
                if (!pump(result, sink)) {
                    LeaseState.of(lease).cursors().add(this);
                    return new Outcome.Suspended(this);
                }
                result.close();
                result = null;
                if (rowsOf == RowSink.Kind.GENERATED_KEYS || single) {
                    break;
                }
            } else if (count) {
                long updated = Statements.updateCount(statement);
                if (updated == -1) {
                    if (!openKeys(sink)) {
                        break;
                    }
                    continue;
                }
                sink.count(updated);
                if (keys != Call.Keys.NONE) {
                    // Drivers give keys only while their count is the current result.
                    if (!openKeys(sink)) {
                        break;
                    }
                    continue;
                }
            }
            count = !statement.getMoreResults();
            if (!count) {
                open(statement.getResultSet(), RowSink.Kind.RESULT, sink);
            }
        }
        finish();
        return new Outcome.Finished();
    }

    private boolean openKeys(RowSink sink) throws SQLException {
        if (keys == Call.Keys.NONE) {
            return false;
        }
        open(statement.getGeneratedKeys(), RowSink.Kind.GENERATED_KEYS, sink);
        return true;
    }

    /**
     * @return false when the client wants no more rows for now
     */
    private boolean pump(ResultSet rs, RowSink sink) throws SQLException {
        List<ValueReader> readers = columns.readers();
        int count = readers.size();
        while (rs.next()) {
            if (maxRows > 0 && rows == maxRows && rowsOf == RowSink.Kind.RESULT) {
                sink.endRows(false);
                return true;
            }
            sink.startRow();
            for (int i = 0; i < count; i++) {
                bytes += readers.get(i).read(rs, i + 1, sink);
            }
            rows++;
            portion++;
            boolean more = sink.endRow();
            resize(rs);
            if (!more) {
                return false;
            }
        }
        sink.endRows(true);
        return true;
    }

    private void resize(ResultSet rs) throws SQLException {
        if (portion == FetchRows.FIRST
                && lease.kind().streaming().recipe() == Streaming.Recipe.CURSOR_IN_TRANSACTION) {
            rs.setFetchSize(FetchRows.next(rows, bytes));
            portion = 0;
        }
    }

    private static void warn(@Nullable SQLWarning first, RowSink sink) {
        SQLWarning warning = first;
        while (warning != null) {
            sink.warning(SqlFaults.single(warning));
            warning = warning.getNextWarning();
        }
    }

    private void finish() throws SQLException {
        closed = true;
        statement.close();
        if (ownsTransaction) {
            Connection connection = lease.connection();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** Closes the result with its remaining rows unread. */
    void abandon() throws SQLException {
        LeaseState.of(lease).cursors().remove(this);
        if (!closed) {
            if (lease.kind().streaming().recipe() == Streaming.Recipe.ROW_BY_ROW
                    || lease.kind().streaming().recipe() == Streaming.Recipe.FETCH_SIZE) {
                // Closing would read all that is left.
                statement.cancel();
            }
            finish();
        }
    }

    /** Another statement is about to run where only one can. */
    void makeRoom() throws SQLException {
        throw new SQLException(
                "a result of this transaction is still being read; "
                        + "this kind of database allows nothing else meanwhile: read or close it",
                "24000");
    }

    /** The lease ends. */
    void closeQuietly() throws SQLException {
        if (!closed) {
            closed = true;
            statement.close();
        }
    }
}
