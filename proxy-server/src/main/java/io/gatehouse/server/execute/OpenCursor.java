package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.kind.Streaming;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The walk over the results of one statement, which may be set aside between two rows. */
final class OpenCursor implements Cursor {
    /** Bytes that are read ahead at most, about, when another statement needs the connection. */
    private static final long MOST_AHEAD = 4 * 1024 * 1024;

    private static final int ROW_OVERHEAD = 64;

    private final Lease lease;
    private final @Nullable Statement statement;
    private final Call.Keys keys;
    private final long maxRows;
    private final boolean changes;
    private final boolean complete;
    private final @Nullable OutParameters out;
    private boolean ownsTransaction;
    private @Nullable MaskedSink masked;
    private boolean single;
    private long firstCount = -1;
    private @Nullable ResultSet result;
    private RowSink.Kind rowsOf = RowSink.Kind.RESULT;
    private ColumnList columns = ColumnList.NONE;
    private long rows;
    private long bytes;
    private int portion;
    private final Spool spool = new Spool();
    private boolean exhausted;
    private boolean closed;

    /**
     * @param statement null for a result of the catalogue whose driver names none
     * @param maxRows 0 for all
     * @param ownsTransaction whether a transaction was begun only to read this result
     * @param changes whether the statement makes a change that stays
     * @param out what a call gives back behind its results; null where it is no call
     */
    OpenCursor(
            Lease lease,
            @Nullable Statement statement,
            Call.Keys keys,
            long maxRows,
            boolean ownsTransaction,
            boolean changes,
            @Nullable OutParameters out) {
        this.out = out;
        this.lease = lease;
        this.statement = statement;
        this.keys = keys;
        this.maxRows = maxRows;
        this.ownsTransaction = ownsTransaction;
        this.changes = changes;
        this.complete = LeaseState.of(lease).progress() == LeaseState.Progress.COMPLETE;
    }

    /** What its rows pass through; {@code null} where they are shown as they are. */
    @Nullable MaskedSink masked() {
        return masked;
    }

    void masked(MaskedSink sink) {
        masked = sink;
    }

    boolean ownsTransaction() {
        return ownsTransaction;
    }

    /** Whether the statement makes a change that stays. */
    boolean changes() {
        return changes;
    }

    /** Whether nothing else may run on the connection while this result is open. */
    boolean exclusive() {
        boolean alone = ownsTransaction || lease.kind().streaming().exclusive();
        return alone && statement != null && !exhausted;
    }

    /**
     * @param single whether only the first result was asked for
     */
    Outcome start(Running.First first, boolean single, RowSink sink)
            throws SQLException, InterruptedException {
        // SQLite's driver forgets its statement with its only count.
        boolean only = first.rows() == null && lease.kind().dialect() == Dialect.SQLITE;
        this.single = single || only;
        warn(sink);
        if (first.rows() != null) {
            open(first.rows(), RowSink.Kind.RESULT, sink);
        } else {
            firstCount = first.count();
        }
        return walk(first.rows() == null, sink);
    }

    /** What a batch leaves: the keys it generated, if they were asked for. */
    Outcome keysOnly(RowSink sink) throws SQLException, InterruptedException {
        warn(sink);
        if (!openKeys(sink)) {
            finish();
            return new Outcome.Finished();
        }
        return walk(false, sink);
    }

    /** The rows of a call on the catalogue. */
    Outcome catalog(ResultSet rs, RowSink sink) throws SQLException, InterruptedException {
        single = true;
        begin(rs, RowSink.Kind.RESULT, ColumnList.of(lease, rs.getMetaData(), true), sink);
        return walk(false, sink);
    }

    Outcome resume(RowSink sink) throws SQLException, InterruptedException {
        if (closed) {
            throw new SQLException("the result is closed", "24000");
        }
        LeaseState.of(lease).cursors().remove(this);
        Statement running = statement;
        if (running != null) {
            lease.running(Running.canceller(lease.connection(), running));
        }
        try {
            return walk(false, sink);
        } catch (SQLException | RuntimeException e) {
            closed = true;
            Running.close(running, e);
            if (ownsTransaction) {
                Running.endOwn(lease, e);
            }
            throw e;
        }
    }

    private void open(ResultSet next, RowSink.Kind kind, RowSink sink) throws SQLException {
        begin(next, kind, ColumnList.of(lease, next, sink.needsDetail()), sink);
    }

    private void begin(ResultSet next, RowSink.Kind kind, ColumnList list, RowSink sink)
            throws SQLException {
        result = next;
        rowsOf = kind;
        rows = 0;
        bytes = 0;
        portion = 0;
        columns = list;
        sink.columns(kind, columns.fullDetail(), columns.columns());
    }

    /**
     * @param counting whether the current result is a count rather than rows
     */
    private Outcome walk(boolean counting, RowSink sink) throws SQLException, InterruptedException {
        boolean count = counting;
        do {
            if (!results(count, sink)) {
                LeaseState.of(lease).cursors().add(this);
                return new Outcome.Suspended(this);
            }
            count = false;
        } while (openCursor(sink));
        finish();
        return new Outcome.Finished();
    }

    /** What a call gives back behind its results: a row, then the rows of each cursor in it. */
    private boolean openCursor(RowSink sink) throws SQLException {
        if (out == null) {
            return false;
        }
        out.give(sink);
        ResultSet next = out.nextCursor();
        if (next != null) {
            begin(next, RowSink.Kind.CURSOR, ColumnList.of(lease, next.getMetaData(), true), sink);
        }
        return next != null;
    }

    /**
     * @return false when the client wants no more rows for now
     */
    private boolean results(boolean counting, RowSink sink) throws SQLException {
        boolean count = counting;
        while (true) {
            if (result != null) {
                if (!pump(result, sink)) {
                    return false;
                }
                result.close();
                result = null;
                if (rowsOf != RowSink.Kind.RESULT || single) {
                    break;
                }
            } else if (statement == null) {
                break;
            } else if (count) {
                long updated = firstCount == -1 ? Statements.updateCount(statement) : firstCount;
                firstCount = -1;
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
            if (statement == null || single) {
                break;
            }
            count = !statement.getMoreResults();
            if (!count) {
                open(statement.getResultSet(), RowSink.Kind.RESULT, sink);
            }
        }
        return true;
    }

    private boolean openKeys(RowSink sink) throws SQLException {
        if (keys == Call.Keys.NONE || statement == null) {
            return false;
        }
        open(statement.getGeneratedKeys(), RowSink.Kind.GENERATED_KEYS, sink);
        return true;
    }

    /**
     * @return false when the client wants no more rows for now
     */
    private boolean pump(ResultSet rs, RowSink sink) throws SQLException {
        while (true) {
            if (maxRows > 0 && rows == maxRows && rowsOf != RowSink.Kind.GENERATED_KEYS) {
                sink.endRows(spool.isEmpty() && (exhausted || !rs.next()));
                return true;
            }
            if (!spool.give(sink)) {
                if (exhausted || !rs.next()) {
                    sink.endRows(true);
                    return true;
                }
                sink.startRow();
                values(rs, sink);
            }
            rows++;
            boolean more = sink.endRow();
            resize(rs);
            if (!more) {
                return false;
            }
        }
    }

    private void values(ResultSet rs, RowSink sink) throws SQLException {
        List<ValueReader> readers = columns.readers();
        for (int i = 0; i < readers.size(); i++) {
            bytes += readers.get(i).read(rs, i + 1, sink);
        }
        portion++;
    }

    private void resize(ResultSet rs) throws SQLException {
        if (portion == FetchRows.FIRST
                && lease.kind().streaming().recipe() == Streaming.Recipe.CURSOR_IN_TRANSACTION) {
            rs.setFetchSize(FetchRows.next(rows, bytes));
            portion = 0;
        }
    }

    private void warn(RowSink sink) throws SQLException {
        if (statement != null) {
            SqlFaults.warn(statement.getWarnings(), sink);
        }
    }

    private void finish() throws SQLException {
        closed = true;
        closeCursor();
        if (statement != null) {
            statement.close();
        }
        endOwnTransaction();
    }

    /** A cursor has a statement of its own. */
    private void closeCursor() throws SQLException {
        ResultSet rs = result;
        if (rs != null && rowsOf == RowSink.Kind.CURSOR) {
            result = null;
            rs.close();
        }
    }

    private void endOwnTransaction() throws SQLException {
        if (ownsTransaction) {
            ownsTransaction = false;
            Running.commitOwn(lease);
        }
    }

    /**
     * Closes the result with its remaining rows unread.
     *
     * @param cancelled whether its client cancels the statement, rather than having seen enough
     */
    Outcome abandon(boolean cancelled) throws SQLException {
        LeaseState.of(lease).cursors().remove(this);
        if (closed) {
            return new Outcome.Finished();
        }
        if (statement != null && exclusive() && (cancelled || !changes)) {
            // Closing would read all that is left.
            statement.cancel();
        }
        if (cancelled && ownsTransaction) {
            undo();
            return new Outcome.Failed(Faults.cancelled(), false);
        }
        finish();
        return new Outcome.Finished();
    }

    /** What was told as cancelled must not be there. */
    private void undo() throws SQLException {
        closed = true;
        ownsTransaction = false;
        if (statement != null) {
            statement.close();
        }
        lease.connection().rollback();
        lease.connection().setAutoCommit(true);
    }

    /** A failure after the first rows, as the client must hear it. */
    Outcome told(Outcome.Failed failed) {
        return changes ? Changes.told(lease, failed, complete) : failed;
    }

    /**
     * Another statement is about to run where only one can: reads the rest of the rows ahead, as
     * long as they are few.
     */
    void makeRoom() throws SQLException {
        ResultSet rs = result;
        long start = bytes;
        while (rs != null && !exhausted && bytes - start < MOST_AHEAD) {
            if (rs.next()) {
                spool.startRow();
                values(rs, spool);
                bytes += ROW_OVERHEAD;
                spool.endRow();
            } else {
                exhausted = true;
            }
        }
        if (!exhausted || (out != null && out.hasCursors())) {
            throw new SQLException(
                    "a large result of this transaction is still being read; this kind of database"
                            + " runs nothing else meanwhile: read it to its end or close it",
                    "24000");
        }
        if (ownsTransaction && statement != null) {
            // Nothing is left to read: what runs next must not join a transaction of the broker's.
            single = true;
            statement.close();
            endOwnTransaction();
        }
    }

    /** The lease ends. */
    void closeQuietly() throws SQLException {
        if (!closed) {
            closed = true;
            closeCursor();
            if (statement != null) {
                statement.close();
            }
        }
    }
}
