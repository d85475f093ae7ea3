package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.StatementHandle;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A statement whose text comes with each execution. */
class GatehouseStatement extends StatementResults {
    private final int id;
    private final List<String> batch = new ArrayList<>();
    private @Nullable StatementHandle last;

    GatehouseStatement(GatehouseConnection connection) {
        super(connection);
        this.id = session().newStatementId();
        connection.lending().opened(this);
    }

    @Override
    final GatehouseStatement self() {
        return this;
    }

    final int id() {
        return id;
    }

    /** The handle of a text; the one of the execution before if that was the same. */
    private StatementHandle handle(@Nullable String sql, KeyRequest keys) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw Faults.badArgument("The SQL text is null.");
        }
        int flags = Request.Prepare.DIRECT | (processesEscapes() ? 0 : Request.Prepare.NO_ESCAPES);
        StatementHandle wanted = new StatementHandle(id, sql, flags, keys.kind(), keys.columns());
        StatementHandle before = last;
        if (before != null && before.isLike(wanted)) {
            return before;
        }
        last = wanted;
        return wanted;
    }

    private boolean run(String sql, int expect, KeyRequest keys) throws SQLException {
        return run(handle(sql, keys), expect, List.of());
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        run(sql, Request.Execute.ROWS, KeyRequest.NONE);
        return rows();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return run(sql, Request.Execute.ANYTHING, KeyRequest.NONE);
    }

    @Override
    public boolean execute(String sql, int keys) throws SQLException {
        return run(sql, Request.Execute.ANYTHING, KeyRequest.of(keys));
    }

    @Override
    public boolean execute(String sql, int[] columns) throws SQLException {
        return run(sql, Request.Execute.ANYTHING, KeyRequest.of(columns));
    }

    @Override
    public boolean execute(String sql, String[] columns) throws SQLException {
        return run(sql, Request.Execute.ANYTHING, KeyRequest.of(columns));
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return update(sql, KeyRequest.NONE);
    }

    @Override
    public long executeLargeUpdate(String sql, int keys) throws SQLException {
        return update(sql, KeyRequest.of(keys));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columns) throws SQLException {
        return update(sql, KeyRequest.of(columns));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columns) throws SQLException {
        return update(sql, KeyRequest.of(columns));
    }

    private long update(String sql, KeyRequest keys) throws SQLException {
        run(sql, Request.Execute.COUNT, keys);
        return Math.max(0, count());
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return narrow(executeLargeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int keys) throws SQLException {
        return narrow(executeLargeUpdate(sql, keys));
    }

    @Override
    public int executeUpdate(String sql, int[] columns) throws SQLException {
        return narrow(executeLargeUpdate(sql, columns));
    }

    @Override
    public int executeUpdate(String sql, String[] columns) throws SQLException {
        return narrow(executeLargeUpdate(sql, columns));
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw Faults.badArgument("The SQL text is null.");
        }
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return BatchRun.narrow(executeLargeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        leaveResults();
        List<String> texts = new ArrayList<>(batch);
        batch.clear();
        if (texts.isEmpty()) {
            return new long[0];
        }
        return new BatchRun(this)
                .run(session().batch(null, timeoutMillis()), sender -> sender.texts(texts));
    }

    @Override
    public void close() throws SQLException {
        if (markClosed()) {
            leaveResults();
            forget();
            connection().lending().closed(this);
        }
    }

    /** Lets the broker forget the text; the news rides with the next message. */
    void forget() {
        StatementHandle known = last;
        if (known != null) {
            session().forget(known);
        }
    }

    /** Which generated keys are wanted. */
    static final class KeyRequest {
        static final KeyRequest NONE = new KeyRequest(0, List.of());

        private final int kind;
        private final List<String> columns;

        private KeyRequest(int kind, List<String> columns) {
            this.kind = kind;
            this.columns = columns;
        }

        static KeyRequest of(int flag) throws SQLException {
            if (flag == Statement.RETURN_GENERATED_KEYS) {
                return new KeyRequest(1, List.of());
            }
            if (flag == Statement.NO_GENERATED_KEYS) {
                return NONE;
            }
            throw Faults.badArgument("This is not a constant for generated keys.");
        }

        static KeyRequest of(int @Nullable [] indexes) {
            if (indexes == null || indexes.length == 0) {
                return NONE;
            }
            List<String> numbers = new ArrayList<>();
            for (int index : indexes) {
                numbers.add(Integer.toString(index));
            }
            return new KeyRequest(3, numbers);
        }

        static KeyRequest of(String @Nullable [] names) {
            return names == null || names.length == 0 ? NONE : new KeyRequest(2, List.of(names));
        }

        int kind() {
            return kind;
        }

        List<String> columns() {
            return columns;
        }
    }
}
