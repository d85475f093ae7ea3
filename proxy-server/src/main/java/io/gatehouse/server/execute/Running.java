package io.gatehouse.server.execute;

import io.gatehouse.policy.Obligations;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.kind.Streaming;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.RowTap;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs one statement. */
final class Running {
    private Running() {}

    /** Puts the state on the connection, which proves it alive, or asks it. */
    static Outcome ping(Lease lease, CarriedState state, Call.Ping ping) throws SQLException {
        if (lease.differs(state)) {
            Transactions.prepare(lease, state, false, false);
            return new Outcome.Finished();
        }
        int seconds = Math.clamp(ping.timeout().toSeconds(), 1, Integer.MAX_VALUE);
        if (lease.connection().isValid(seconds)) {
            return new Outcome.Finished();
        }
        lease.doom();
        return new Outcome.Failed(
                Faults.backendLost(lease.target().name(), "it does not answer"), true);
    }

    static Outcome run(Lease lease, CarriedState state, Call.Run run, RowSink sink)
            throws SQLException, InterruptedException {
        try {
            return once(lease, state, run, sink);
        } catch (SQLException e) {
            boolean ran = LeaseState.of(lease).progress() == LeaseState.Progress.COMPLETE;
            boolean again = !ran && !run.inTransaction() && !Inflows.begun(run);
            if (!again || !SqlFaults.isStalePlan(e)) {
                throw e;
            }
        }
        // It has not run: the server refused the plan that the driver had kept, which it now drops.
        return once(lease, state, run, sink);
    }

    private static Outcome once(Lease lease, CarriedState state, Call.Run run, RowSink sink)
            throws SQLException, InterruptedException {
        Call.Text text = run.text();
        Facts facts = text.permitted().facts();
        Obligations obligations = text.permitted().obligations();
        Transactions.refuseUnseen(lease, text.permitted());
        Transactions.prepare(lease, state, obligations.readOnly(), run.inTransaction());
        noteDirt(lease, facts);

        Connection connection = lease.connection();
        Keys.protect(lease, facts);
        RowTap tap = lease.tap();
        if (tap != null
                && sink.mayBlock()
                && !sink.needsDetail()
                && connection.getAutoCommit()
                && text.keys() == Call.Keys.NONE
                && (text.call() == null || text.call().out().isEmpty())
                && facts.statements().size() == 1) {
            return Tapping.run(lease, tap, run, sink);
        }
        boolean ownTransaction = needsOwnTransaction(lease, text);
        if (ownTransaction) {
            connection.setAutoCommit(false);
        }
        Statement statement = null;
        try {
            Statements.Ready ready = Statements.open(lease, text, run.parameters());
            statement = ready.statement();
            long maxRows = strictest(run.maxRows(), obligations.maxRows());
            limit(statement, maxRows);
            tune(lease, statement, run);
            lease.running(canceller(connection, statement));
            LeaseState.of(lease).sent();
            First first = execute(statement, ready.sql(), run);
            LeaseState.of(lease).answered();
            OutParameters out = OutParameters.of(lease, statement, text.call());
            first = settled(lease, first, out, run.expect());
            OpenCursor cursor =
                    new OpenCursor(
                            lease,
                            statement,
                            text.keys(),
                            maxRows,
                            ownTransaction,
                            Changes.stay(run),
                            out);
            boolean single = run.expect() == Call.Expect.ROWS && text.call() == null;
            return cursor.start(first, single, sink);
        } catch (SQLException | RuntimeException e) {
            close(statement, e);
            if (ownTransaction) {
                endOwn(lease, e);
            }
            throw e;
        }
    }

    /**
     * The first result, once it is known how far the statement has come. What a driver has against
     * the OUT parameters is told as the driver tells it, who also finds it when the call has ended.
     */
    private static First settled(
            Lease lease, First first, @Nullable OutParameters out, Call.Expect expect)
            throws SQLException {
        boolean ended = readsAllAtOnce(lease);
        if (ended) {
            lease.ended();
        }
        First left = out == null ? first : out.executed(first, expect);
        if (ended) {
            complete(lease);
        }
        return left;
    }

    /** Whether nothing of a statement is left to do at the backend once it was executed. */
    private static boolean readsAllAtOnce(Lease lease) throws SQLException {
        return lease.kind().streaming().recipe() == Streaming.Recipe.CURSOR_IN_TRANSACTION
                && lease.connection().getAutoCommit();
    }

    /**
     * The statement ended at the backend, outside a transaction. A cancel that comes now is too
     * late: it must not hit what the broker itself asks next, which would look as if the statement
     * had been undone.
     */
    static void complete(Lease lease) {
        LeaseState.of(lease).complete();
        lease.ended();
    }

    /** Ends a transaction that was begun only to read a result, which is read. */
    static void commitOwn(Lease lease) throws SQLException {
        // A cancel comes too late now. One that hit the COMMIT could be told as the statement's
        // outcome although its change is there.
        lease.ended();
        lease.connection().commit();
        lease.connection().setAutoCommit(true);
    }

    /** Ends a transaction that was begun only to read a result, which has failed. */
    static void endOwn(Lease lease, Exception cause) {
        // One more cancel of the statement must not hit the rollback.
        lease.ended();
        try {
            lease.connection().rollback();
            lease.connection().setAutoCommit(true);
        } catch (SQLException e) {
            lease.doom();
            cause.addSuppressed(e);
        }
    }

    static void close(@Nullable Statement statement, Exception cause) {
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }

    static Lease.Canceller canceller(Connection connection, Statement statement) {
        // pgjdbc's Statement.cancel does nothing while a further part of a result is fetched.
        return connection instanceof PGConnection postgres
                ? postgres::cancelQuery
                : statement::cancel;
    }

    /** A cursor of pgjdbc needs a transaction; a single row needs no cursor. */
    private static boolean needsOwnTransaction(Lease lease, Call.Text text) throws SQLException {
        Facts facts = text.permitted().facts();
        if (lease.kind().streaming().recipe() != Streaming.Recipe.CURSOR_IN_TRANSACTION
                || !lease.connection().getAutoCommit()
                || facts.statements().size() != 1) {
            return false;
        }
        StatementFacts only = facts.statements().getFirst();
        if (text.call() != null) {
            // The escape selects from a function; CALL gives one row, and may commit by itself.
            return text.call().out().isEmpty() && text.permitted().sql().strip().startsWith("{");
        }
        return (only.verb() == Verb.SELECT || only.verb() == Verb.VALUES)
                && !only.traits().contains(Trait.SINGLE_ROW)
                && only.effect() instanceof SessionEffect.None;
    }

    /** What cannot be seen through, or leaves something behind, makes a full reset due. */
    static void noteDirt(Lease lease, Facts facts) {
        for (StatementFacts statement : facts.statements()) {
            boolean clean =
                    statement.notUnderstood().isEmpty()
                            && !statement.traits().contains(Trait.OPAQUE)
                            && !statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                            && !statement.traits().contains(Trait.RUNS_TEXT)
                            && !statement.traits().contains(Trait.ADVISORY_LOCK)
                            && !statement.traits().contains(Trait.TEMPORARY)
                            && leavesNothing(statement.effect());
            if (!clean) {
                lease.markDirty();
            }
            if (statement.effect() instanceof SessionEffect.Pins pins && lasts(pins.reason())) {
                lease.spend();
            }
        }
    }

    /** Whether no reset of any kind takes it back. */
    private static boolean lasts(PinReason reason) {
        return reason == PinReason.RANDOM_SEED || reason == PinReason.LOADED_CODE;
    }

    private static boolean leavesNothing(SessionEffect effect) {
        return switch (effect) {
            case SessionEffect.None none -> true;
            case SessionEffect.Saves saves -> true;
            case SessionEffect.Releases releases -> true;
            case SessionEffect.RollsBackTo rollsBack -> true;
            default -> false;
        };
    }

    static long strictest(long one, long other) {
        if (one == 0 || other == 0) {
            return Math.max(one, other);
        }
        return Math.min(one, other);
    }

    /** One more than wanted tells whether there was more. */
    static void limit(Statement statement, long maxRows) throws SQLException {
        // Also where there is none: a driver's cache may hand out a statement with an old one.
        boolean limited = maxRows > 0 && maxRows < Integer.MAX_VALUE;
        statement.setMaxRows(limited ? (int) maxRows + 1 : 0);
    }

    private static void tune(Lease lease, Statement statement, Call.Run run) throws SQLException {
        Signature call = run.text().call();
        if (call != null && !call.out().isEmpty() && lease.kind().dialect().mysqlFamily()) {
            // OUT parameters come behind the results, and their drivers look for them at once.
            statement.setFetchSize(0);
            return;
        }
        if (Statements.asksForLast(run.text())) {
            // To stream, MySQL's driver would set a timeout first, by a statement of its own.
            return;
        }
        switch (lease.kind().streaming().recipe()) {
            case ROW_BY_ROW -> statement.setFetchSize(Integer.MIN_VALUE);
            case CURSOR_IN_TRANSACTION, FETCH_SIZE ->
                    statement.setFetchSize(run.fetchRows() > 0 ? run.fetchRows() : FetchRows.FIRST);
            case AS_IS -> {}
        }
    }

    /**
     * The first result of a statement.
     *
     * @param rows null where it is a count
     * @param count -1 where it is rows
     */
    record First(@Nullable ResultSet rows, long count) {}

    /** Calls the driver as the application called, so that a mismatch fails as it would there. */
    static First execute(Statement statement, String sql, Call.Run run) throws SQLException {
        PreparedStatement prepared = statement instanceof PreparedStatement itself ? itself : null;
        return switch (run.expect()) {
            case ROWS ->
                    new First(
                            prepared != null
                                    ? prepared.executeQuery()
                                    : statement.executeQuery(sql),
                            -1);
            // Some drivers tell the count only here, and not when asked for it later.
            case COUNT ->
                    new First(
                            null,
                            prepared != null
                                    ? Statements.executeUpdate(prepared)
                                    : Statements.executeUpdate(statement, sql, run.text()));
            case ANYTHING -> {
                boolean rows =
                        prepared != null
                                ? prepared.execute()
                                : Statements.execute(statement, sql, run.text());
                yield rows
                        ? new First(statement.getResultSet(), -1)
                        : new First(null, Statements.updateCount(statement));
            }
        };
    }
}
