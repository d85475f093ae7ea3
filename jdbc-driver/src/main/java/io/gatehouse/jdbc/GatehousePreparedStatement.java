package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.StatementHandle;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.Outflow;
import io.gatehouse.jdbc.wire.Parameter;
import io.gatehouse.jdbc.wire.ParameterDescription;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement whose text is given once; the broker learns it with its first execution. */
class GatehousePreparedStatement extends ParameterSetters {

    private final StatementHandle handle;
    private final List<List<Parameter>> rows = new ArrayList<>();
    private @Nullable List<ParameterDescription> described;

    GatehousePreparedStatement(
            GatehouseConnection connection, String sql, int flags, KeyRequest keys) {
        super(connection);
        this.handle = new StatementHandle(id(), sql, flags, keys.kind(), keys.columns());
    }

    final StatementHandle handle() {
        return handle;
    }

    @Override
    public final ResultSet executeQuery() throws SQLException {
        return query();
    }

    final GatehouseResultSet query() throws SQLException {
        checkOpen();
        run(handle, Request.Execute.ROWS, parameters());
        return rows();
    }

    @Override
    public final long executeLargeUpdate() throws SQLException {
        checkOpen();
        run(handle, Request.Execute.COUNT, parameters());
        return Math.max(0, count());
    }

    @Override
    public final int executeUpdate() throws SQLException {
        return narrow(executeLargeUpdate());
    }

    @Override
    public final boolean execute() throws SQLException {
        checkOpen();
        return run(handle, Request.Execute.ANYTHING, parameters());
    }

    @Override
    public final void addBatch() throws SQLException {
        checkOpen();
        List<Parameter> row = parameters();
        if (!rows.isEmpty() && rows.get(0).size() != row.size()) {
            throw Faults.badArgument(
                    "This row has "
                            + row.size()
                            + " parameters; the batch's first has "
                            + rows.get(0).size()
                            + ".");
        }
        for (Parameter value : row) {
            Outflow outflow = value.outflow();
            if (outflow != null) {
                outflow.begin();
            }
        }
        rows.add(row);
    }

    @Override
    public final void clearBatch() throws SQLException {
        checkOpen();
        rows.clear();
    }

    @Override
    public final long[] executeLargeBatch() throws SQLException {
        checkOpen();
        leaveResults();
        List<List<Parameter>> batch = new ArrayList<>(rows);
        rows.clear();
        if (batch.isEmpty()) {
            return new long[0];
        }
        return new BatchRun(this)
                .run(session().batch(handle, timeoutMillis()), sender -> sender.rows(batch));
    }

    @Override
    public final @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        List<Column> known = handle.lastColumns();
        Description described = known == null ? connection().describe(handle) : null;
        List<Column> columns = described == null ? known : described.columns();
        if (columns == null || columns.isEmpty()) {
            return null;
        }
        List<Column> basic = columns;
        return new GatehouseResultSetMetaData(
                connection().manner(),
                basic,
                described == null ? () -> connection().describe(handle).columns() : () -> basic);
    }

    @Override
    public final ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new GatehouseParameterMetaData(connection().describe(handle).parameters());
    }

    @Override
    boolean takesLargeObject(int index) throws SQLException {
        if (connection().manner() != Manner.POSTGRES) {
            return false;
        }
        List<ParameterDescription> known = described;
        if (known == null) {
            known = connection().describe(handle).parameters();
            described = known;
        }
        return index >= 1
                && index <= known.size()
                && LargeObjects.areNumbers(known.get(index - 1).typeName());
    }

    @Override
    final void forget() {
        session().forget(handle);
    }

    // ---- texts belong to Statement

    private static SQLException textGiven() {
        return Faults.sequence("A prepared statement has its text already.");
    }

    @Override
    public final ResultSet executeQuery(String sql) throws SQLException {
        throw textGiven();
    }

    @Override
    public final boolean execute(String sql) throws SQLException {
        throw textGiven();
    }

    @Override
    public final boolean execute(String sql, int keys) throws SQLException {
        throw textGiven();
    }

    @Override
    public final boolean execute(String sql, int[] columns) throws SQLException {
        throw textGiven();
    }

    @Override
    public final boolean execute(String sql, String[] columns) throws SQLException {
        throw textGiven();
    }

    @Override
    public final long executeLargeUpdate(String sql) throws SQLException {
        throw textGiven();
    }

    @Override
    public final long executeLargeUpdate(String sql, int keys) throws SQLException {
        throw textGiven();
    }

    @Override
    public final long executeLargeUpdate(String sql, int[] columns) throws SQLException {
        throw textGiven();
    }

    @Override
    public final long executeLargeUpdate(String sql, String[] columns) throws SQLException {
        throw textGiven();
    }

    @Override
    public final void addBatch(String sql) throws SQLException {
        throw textGiven();
    }
}
