package io.gatehouse.server.execute;

import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.kind.Trouble;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.RowTap;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs a statement outside a transaction while its rows are tapped: one round trip, whatever the
 * size of the result, and no row is stored.
 */
final class Tapping {
    private Tapping() {}

    static Outcome run(Lease lease, RowTap tap, Call.Run run, RowSink sink)
            throws SQLException, InterruptedException {
        Call.Text text = run.text();
        long maxRows = Running.strictest(run.maxRows(), text.permitted().obligations().maxRows());
        Statements.Ready ready = Statements.open(lease, text, run.parameters());
        Statement statement = ready.statement();
        try {
            Running.limit(statement, maxRows);
            lease.running(Running.canceller(lease.connection(), statement));
            LeaseState known = LeaseState.of(lease);
            TapResult result = new TapResult(lease, known, sink, run, maxRows);
            known.sent();
            Running.First first = execute(lease, tap, ready, run, result);
            ResultSet empty = first == null ? null : first.rows();
            if (result.failure() != null) {
                rethrow(result.failure());
            }
            if (first != null && empty == null && !result.stopped()) {
                boolean changes = Changes.stay(run);
                return new OpenCursor(lease, statement, text.keys(), maxRows, false, changes, null)
                        .start(first, false, sink);
            }
            SqlFaults.warn(statement.getWarnings(), sink);
            result.finish(empty);
            statement.close();
            return new Outcome.Finished();
        } catch (SQLException | RuntimeException e) {
            Running.close(statement, e);
            throw e;
        }
    }

    private static Running.@Nullable First execute(
            Lease lease, RowTap tap, Statements.Ready ready, Call.Run run, TapResult result)
            throws SQLException {
        tap.arm(result);
        try {
            Running.First first = Running.execute(ready.statement(), ready.sql(), run);
            Running.complete(lease);
            return first;
        } catch (SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            boolean ours =
                    result.maybeCancelled()
                            && lease.kind().trouble(state, e.getErrorCode()) == Trouble.CANCELLED;
            if (!ours) {
                throw e;
            }
            return null;
        } finally {
            tap.disarm();
        }
    }

    private static void rethrow(Exception failure) throws SQLException, InterruptedException {
        switch (failure) {
            case SQLException e -> throw e;
            case InterruptedException e -> throw e;
            case GatehouseException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
