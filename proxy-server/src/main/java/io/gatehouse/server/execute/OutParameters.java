package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a call gives back besides its results: a row of its OUT parameters, and their cursors. */
final class OutParameters {
    private final Lease lease;
    private final CallableStatement statement;
    private final List<Signature.Slot> slots;
    private final Deque<CursorSource> cursors = new ArrayDeque<>();
    private @Nullable OutRow row;
    private boolean given;

    OutParameters(Lease lease, CallableStatement statement, Signature signature) {
        this.lease = lease;
        this.statement = statement;
        this.slots = signature.out();
    }

    /** Null where the statement is no call. */
    static @Nullable OutParameters of(
            Lease lease, Statement statement, @Nullable Signature signature) {
        return signature != null && statement instanceof CallableStatement callable
                ? new OutParameters(lease, callable, signature)
                : null;
    }

    /** Opens the rows of a cursor. */
    interface CursorSource {
        ResultSet open() throws SQLException;
    }

    /** Reads what is there only right after the execution; what is left is the first result. */
    Running.First executed(Running.First first, Call.Expect expect) throws SQLException {
        if (slots.isEmpty()) {
            return first;
        }
        Dialect dialect = lease.kind().dialect();
        if (dialect == Dialect.POSTGRESQL) {
            row = PostgresCall.row(lease, statement, slots, cursors);
            if (expect == Call.Expect.ROWS) {
                throw new SQLException("No results were returned by the query.", "02000");
            }
            return new Running.First(null, -1);
        }
        if (dialect == Dialect.H2) {
            row = OutRow.read(statement, slots, cursors);
            if (first.rows() != null) {
                first.rows().beforeFirst();
            }
        }
        return first;
    }

    /** Sends the row once all results are through. */
    void give(RowSink sink) throws SQLException {
        if (given || slots.isEmpty()) {
            return;
        }
        given = true;
        OutRow values = row == null ? OutRow.read(statement, slots, cursors) : row;
        values.give(sink);
    }

    /** The rows of the next cursor; null where there is none. */
    @Nullable ResultSet nextCursor() throws SQLException {
        CursorSource next = cursors.poll();
        return next == null ? null : next.open();
    }

    boolean hasCursors() {
        return !cursors.isEmpty();
    }

    /** A row of values that were read already. */
    static final class OutRow {
        private final List<Column> columns;
        private final Spool values;

        OutRow(List<Column> columns, Spool values) {
            this.columns = columns;
            this.values = values;
        }

        /** Each parameter as the object that the backend's driver makes of it. */
        static OutRow read(
                CallableStatement statement,
                List<Signature.Slot> slots,
                Deque<CursorSource> cursors)
                throws SQLException {
            List<Column> columns = new ArrayList<>(slots.size());
            Spool values = new Spool();
            values.startRow();
            for (Signature.Slot slot : slots) {
                Object value = OutValue.of(statement, slot);
                if (value instanceof ResultSet rows) {
                    cursors.add(() -> rows);
                }
                columns.add(OutValue.column(slot, value));
                OutValue.write(value, values);
            }
            values.endRow();
            return new OutRow(columns, values);
        }

        void give(RowSink sink) {
            sink.columns(RowSink.Kind.OUT_PARAMETERS, true, columns);
            values.give(sink);
            // One row: not worth setting aside.
            sink.endRow();
            sink.endRows(true);
        }
    }
}
