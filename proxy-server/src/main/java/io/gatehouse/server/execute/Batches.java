package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;

/** Runs batches. */
final class Batches {
    /** More rows than this are better bound while an event loop sends those before them. */
    private static final int FEW = 64;

    private Batches() {}

    static Outcome run(Lease lease, CarriedState state, Call.Batch batch, RowSink sink)
            throws SQLException, InterruptedException {
        Call.Text text = batch.text();
        if (text.direct()) {
            throw new GatehouseException(Faults.notSupported("a batch of a plain statement"));
        }
        Transactions.refuseUnseen(lease, text.permitted());
        Transactions.prepare(
                lease, state, text.permitted().obligations().readOnly(), batch.inTransaction());
        Running.noteDirt(lease, text.permitted().facts());
        Keys.protect(lease, text.permitted().facts());
        if (text.call() != null) {
            return runCalls(lease, text, text.call(), batch, sink);
        }
        String commented = TraceComment.commented(text.permitted().sql(), text);
        PreparedStatement statement = Statements.prepare(lease.connection(), commented, text);
        try {
            if (batch.rows().size() > FEW) {
                lease.leaveLoop();
            }
            Binder binder = new Binder(lease, statement);
            for (List<Parameter> row : batch.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    binder.bind(i + 1, row.get(i));
                }
                statement.addBatch();
            }
            lease.running(Running.canceller(lease.connection(), statement));
            execute(lease, statement, sink);
            OpenCursor cursor =
                    new OpenCursor(
                            lease, statement, text.keys(), 0, false, Changes.stay(batch), null);
            return cursor.keysOnly(sink);
        } catch (SQLException | RuntimeException e) {
            Running.close(statement, e);
            throw e;
        }
    }

    private static Outcome runCalls(
            Lease lease, Call.Text text, Signature call, Call.Batch batch, RowSink sink)
            throws SQLException {
        try (CallableStatement statement = Invocations.prepare(lease, text.permitted().sql())) {
            Invocations.register(statement, call);
            for (List<Parameter> row : batch.rows()) {
                Invocations.bind(lease, statement, call, row);
                statement.addBatch();
            }
            lease.running(Running.canceller(lease.connection(), statement));
            execute(lease, statement, sink);
        }
        return new Outcome.Finished();
    }

    static Outcome run(Lease lease, CarriedState state, Call.BatchTexts batch, RowSink sink)
            throws SQLException {
        for (Permitted text : batch.texts()) {
            Transactions.refuseUnseen(lease, text);
        }
        boolean readOnly = batch.texts().stream().anyMatch(text -> text.obligations().readOnly());
        Transactions.prepare(lease, state, readOnly, batch.inTransaction());
        try (Statement statement = lease.connection().createStatement()) {
            for (Permitted text : batch.texts()) {
                Running.noteDirt(lease, text.facts());
                Keys.protect(lease, text.facts());
                statement.addBatch(text.sql());
            }
            lease.running(Running.canceller(lease.connection(), statement));
            execute(lease, statement, sink);
        }
        return new Outcome.Finished();
    }

    private static void execute(Lease lease, Statement statement, RowSink sink)
            throws SQLException {
        LeaseState.of(lease).sent();
        try {
            long[] counts = counts(lease, statement);
            if (lease.connection().getAutoCommit()) {
                Running.complete(lease);
            }
            sink.batchCounts(counts);
        } catch (BatchUpdateException e) {
            sink.batchCounts(e.getLargeUpdateCounts());
            throw e;
        }
    }

    private static long[] counts(Lease lease, Statement statement) throws SQLException {
        if (lease.kind().dialect() == Dialect.MARIADB) {
            // Its driver's large batch is another one: not atomic, and it fails on a query.
            return widened(statement.executeBatch());
        }
        try {
            return statement.executeLargeBatch();
        } catch (SQLFeatureNotSupportedException | UnsupportedOperationException e) {
            return widened(statement.executeBatch());
        }
    }

    private static long[] widened(int[] small) {
        long[] counts = new long[small.length];
        for (int i = 0; i < small.length; i++) {
            counts[i] = small[i];
        }
        return counts;
    }
}
