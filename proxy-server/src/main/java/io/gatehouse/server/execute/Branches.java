package io.gatehouse.server.execute;

import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.kind.Branch;
import io.gatehouse.server.kind.TwoPhase;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes the steps of branches of transactions over several databases. */
final class Branches {
    /** More of them in doubt at once are not told. */
    private static final int MOST_RECOVERED = 10_000;

    /** How long a connection that a prepared branch was taken from may take to let it go. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Branches() {}

    static Outcome run(Lease lease, CarriedState state, Call.Branching call) throws SQLException {
        switch (call.step()) {
            case START -> start(lease, state, call.text());
            case JOIN, RESUME, END, SUSPEND -> goOn(lease, call.text());
            case PREPARE, COMMIT_ONE_PHASE, ROLLBACK -> leave(lease, call);
            case COMMIT, ROLLBACK_PREPARED -> settle(lease, state, call);
        }
        return new Outcome.Finished();
    }

    private static void start(Lease lease, CarriedState state, @Nullable Permitted text)
            throws SQLException {
        Transactions.prepare(lease, state, false, text == null);
        if (text != null) {
            execute(lease, text);
        }
        LeaseState.of(lease).branchBegan();
    }

    private static void goOn(Lease lease, @Nullable Permitted text) throws SQLException {
        Transactions.makeRoom(LeaseState.of(lease));
        if (text != null) {
            execute(lease, text);
        }
    }

    /** The branch is prepared or over: either way it is no longer the connection's transaction. */
    private static void leave(Lease lease, Call.Branching call) throws SQLException {
        LeaseState known = LeaseState.of(lease);
        TwoPhase.Step step = call.step();
        for (OpenCursor cursor : Set.copyOf(known.cursors())) {
            cursor.abandon(false);
        }
        boolean failed = Transactions.state(lease) == TransactionState.FAILED;
        try {
            if (failed && step != TwoPhase.Step.ROLLBACK) {
                // The server would say yes, and roll back.
                lease.connection().rollback();
                throw new SQLException("the branch had failed before; it is rolled back", "25P02");
            }
            act(lease, call);
        } finally {
            if (!lease.doomed() && Transactions.isIdle(lease)) {
                over(lease, known);
            }
        }
        boolean prepared = step == TwoPhase.Step.PREPARE;
        switch (prepared ? twoPhase(lease).prepared() : TwoPhase.Prepared.FREE) {
            case FREE -> over(lease, known);
            case CLOSED -> {
                // The client may end the branch elsewhere as soon as it hears of this.
                known.transactionEnded();
                lease.close();
            }
            case STAYS -> {}
        }
    }

    private static void act(Lease lease, Call.Branching call) throws SQLException {
        LeaseState.of(lease).sent();
        Permitted text = call.text();
        if (text != null) {
            execute(lease, text);
        } else if (call.step() == TwoPhase.Step.COMMIT_ONE_PHASE) {
            lease.connection().commit();
        } else {
            lease.connection().rollback();
        }
        if (call.step() == TwoPhase.Step.ROLLBACK
                && LeaseState.of(lease).wasAppliedInTransaction()) {
            lease.doubtApplied();
        }
    }

    private static void over(Lease lease, LeaseState known) throws SQLException {
        known.transactionEnded();
        Connection connection = lease.connection();
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
    }

    /** Ends a prepared branch, which may be anybody's. */
    private static void settle(Lease lease, CarriedState state, Call.Branching call)
            throws SQLException {
        Permitted text = call.text();
        if (text == null || text.obligations().readOnly()) {
            throw new SQLException("who may only read ends no prepared branch", "25006");
        }
        LeaseState known = LeaseState.of(lease);
        if (known.inBranch()) {
            settleHere(lease, known, text);
            return;
        }
        Transactions.prepare(lease, state, false, false);
        known.sent();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                execute(lease, text);
                return;
            } catch (SQLException e) {
                if (!isHeld(lease, call.branch(), e)) {
                    throw e;
                }
                if (System.nanoTime() - end > 0) {
                    throw new SQLException(
                            "the branch is prepared, and another connection holds it", "55006", e);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Ends a prepared branch that has stayed with its connection. */
    private static void settleHere(Lease lease, LeaseState known, Permitted text)
            throws SQLException {
        known.sent();
        try {
            execute(lease, text);
            over(lease, known);
        } catch (SQLException e) {
            // Somebody else has ended it, and with it what this connection is good for.
            known.transactionEnded();
            lease.doom();
            throw e;
        }
    }

    /** Whether the backend denies a branch that it lists as prepared. */
    private static boolean isHeld(Lease lease, Branch branch, SQLException denial)
            throws SQLException {
        TwoPhase how = twoPhase(lease);
        String state = denial.getSQLState() == null ? "" : denial.getSQLState();
        return how.prepared() == TwoPhase.Prepared.CLOSED
                && how.isUnknown(state, denial.getErrorCode())
                && prepared(lease, how.recovery()).contains(branch);
    }

    /** Tells the branches that are prepared. */
    static Outcome recover(Lease lease, CarriedState state, Call.Recover call, RowSink sink)
            throws SQLException {
        Transactions.prepare(lease, state, false, call.inTransaction());
        ScalarRows.branches(sink, prepared(lease, call.text().sql()));
        return new Outcome.Finished();
    }

    private static List<Branch> prepared(Lease lease, String sql) throws SQLException {
        TwoPhase how = twoPhase(lease);
        List<Branch> all = new ArrayList<>();
        try (Statement statement = lease.connection().createStatement()) {
            statement.setMaxRows(MOST_RECOVERED);
            try (ResultSet rows = statement.executeQuery(sql)) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    String[] texts = new String[columns];
                    for (int i = 0; i < columns - 1; i++) {
                        texts[i] = rows.getString(i + 1);
                    }
                    byte[] last = rows.getBytes(columns);
                    texts[columns - 1] = rows.getString(columns);
                    Optional<Branch> branch = how.recovered(texts, last);
                    branch.ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private static TwoPhase twoPhase(Lease lease) throws SQLException {
        return lease.kind()
                .twoPhase()
                .orElseThrow(() ->
                        new SQLException(
                                lease.kind().name() + " has no two-phase commit here", "0A000"));
    }

    private static void execute(Lease lease, Permitted text) throws SQLException {
        try (Statement statement = lease.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            lease.running(Running.canceller(lease.connection(), statement));
            statement.execute(text.sql());
        }
    }
}
