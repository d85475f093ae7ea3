package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import org.postgresql.core.BaseConnection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Begins, ends and asks about transactions. */
final class Transactions {
    private static final int MOST_SAVEPOINTS = 10_000;
    private static final int LONGEST_SAVEPOINT = 1_000;

    private Transactions() {}

    static TransactionState state(Lease lease) throws SQLException {
        return lease.doomed() ? TransactionState.NONE : found(lease, LeaseState.of(lease));
    }

    /** Whether a transaction of the client's is open, on whatever connection. */
    static boolean isOpen(Lease lease) {
        try {
            return found(lease, LeaseState.of(lease)) != TransactionState.NONE;
        } catch (SQLException e) {
            // A closed connection cannot tell; who asks has to take it for one that was open.
            return true;
        }
    }

    private static TransactionState found(Lease lease, LeaseState known) throws SQLException {
        Connection connection = lease.connection();
        if (connection instanceof BaseConnection postgres) {
            for (OpenCursor cursor : known.cursors()) {
                if (cursor.ownsTransaction()) {
                    return TransactionState.NONE;
                }
            }
            return switch (postgres.getTransactionState()) {
                case IDLE -> known.inBranch() ? TransactionState.OPEN : TransactionState.NONE;
                case OPEN -> TransactionState.OPEN;
                case FAILED -> TransactionState.FAILED;
            };
        }
        return known.inBranch() || (known.isBegun() && !connection.getAutoCommit())
                ? TransactionState.OPEN
                : TransactionState.NONE;
    }

    /** Whether a server that tells says that no transaction is open. */
    static boolean isIdle(Lease lease) {
        return lease.connection() instanceof BaseConnection postgres
                && postgres.getTransactionState() == org.postgresql.core.TransactionState.IDLE;
    }

    /** Makes the connection ready for a statement: its state, and a transaction if wanted. */
    static void prepare(Lease lease, CarriedState state, boolean readOnly, boolean inTransaction)
            throws SQLException {
        Connection connection = lease.connection();
        LeaseState known = LeaseState.of(lease);
        OpenCursor open = known.exclusive();
        if (open != null) {
            open.makeRoom();
        }
        // Also on a doomed connection: taken for none, an open transaction would be committed here.
        TransactionState now = found(lease, known);
        if (now == TransactionState.NONE) {
            if (!inTransaction && !connection.getAutoCommit()) {
                // The client's own SQL ended the transaction.
                connection.setAutoCommit(true);
            }
            CarriedState wanted = readOnly ? state.withReadOnly(true) : state;
            if (lease.differs(wanted)) {
                applyOutside(lease, connection, wanted);
            }
            if (inTransaction) {
                connection.setAutoCommit(false);
            }
        } else if (now == TransactionState.OPEN) {
            // A transaction keeps the access mode that it began with.
            CarriedState wanted = state.withReadOnly(lease.applied().readOnly());
            if (lease.differs(wanted)) {
                known.appliedInTransaction();
                lease.apply(wanted);
            }
        }
        if (inTransaction) {
            known.began();
        }
    }

    /**
     * Refuses what may write unseen where only the backend could stop it and does not: policy lets
     * the text only read, and its transaction began as one that may write.
     */
    static void refuseUnseen(Lease lease, Permitted text) throws SQLException {
        if (text.obligations().readOnly()
                && !lease.applied().readOnly()
                && state(lease) == TransactionState.OPEN
                && text.facts().statements().stream().anyMatch(Transactions::mayWriteUnseen)) {
            throw new SQLException(
                    "the statement may only read, and its transaction began as one that may write;"
                            + " commit or roll back first",
                    "25006");
        }
    }

    private static boolean mayWriteUnseen(StatementFacts statement) {
        return statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                || statement.traits().contains(Trait.OPAQUE)
                || !statement.understood();
    }

    private static void applyOutside(Lease lease, Connection connection, CarriedState wanted)
            throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        lease.apply(wanted);
    }

    static Outcome run(Lease lease, CarriedState state, Call.Transact call) throws SQLException {
        Connection connection = lease.connection();
        LeaseState known = LeaseState.of(lease);
        switch (call.action()) {
            case COMMIT -> {
                return commit(lease, connection, known);
            }
            case ROLLBACK -> {
                if (connection.getAutoCommit()) {
                    connection.rollback();
                } else {
                    rollback(lease, connection, known);
                }
            }
            case SAVEPOINT -> {
                prepare(lease, state, false, true);
                save(connection, known, call.savepoint());
            }
            case RELEASE -> {
                makeRoom(known);
                connection.releaseSavepoint(savepoint(known, call.savepoint()));
                forgetFrom(known, call.savepoint(), true);
            }
            case ROLLBACK_TO -> {
                makeRoom(known);
                connection.rollback(savepoint(known, call.savepoint()));
                forgetFrom(known, call.savepoint(), false);
                if (known.wasAppliedInTransaction()) {
                    lease.doubtApplied();
                }
            }
        }
        return new Outcome.Finished();
    }

    /**
     * The backend's name of a savepoint is the broker's own: drivers put it into SQL text, and some
     * (H2's, SQLite's) so that a name can end it and begin another statement.
     */
    private static void save(Connection connection, LeaseState known, String name)
            throws SQLException {
        if (known.savepoints().size() >= MOST_SAVEPOINTS || name.length() > LONGEST_SAVEPOINT) {
            throw new SQLException("too many savepoints, or too long a name", "53000");
        }
        known.savepoints().remove(name);
        known.savepoints().put(name, connection.setSavepoint(known.nextSavepoint()));
    }

    static void makeRoom(LeaseState known) throws SQLException {
        OpenCursor open = known.exclusive();
        if (open != null) {
            open.makeRoom();
        }
    }

    private static Savepoint savepoint(LeaseState known, String name) throws SQLException {
        Savepoint found = known.savepoints().get(name);
        if (found == null) {
            throw new SQLException("savepoint \"" + name + "\" does not exist", "3B001");
        }
        return found;
    }

    /** Later savepoints end with the named one. */
    private static void forgetFrom(LeaseState known, String name, boolean inclusive) {
        List<String> names = new ArrayList<>(known.savepoints().keySet());
        int from = names.indexOf(name) + (inclusive ? 0 : 1);
        known.savepoints().keySet().removeAll(Set.copyOf(names.subList(from, names.size())));
    }

    private static Outcome commit(Lease lease, Connection connection, LeaseState known)
            throws SQLException {
        if (connection.getAutoCommit()) {
            // The driver says whether that makes sense.
            connection.commit();
            return new Outcome.Finished();
        }
        makeRoom(known);
        boolean failed = state(lease) == TransactionState.FAILED;
        try {
            connection.commit();
        } catch (SQLException e) {
            if (SqlFaults.isLost(lease, e)) {
                lease.doom();
                String why = e.getMessage() == null ? "no reason given" : e.getMessage();
                Fault unknown = Faults.commitUnknown(lease.target().name(), why);
                return new Outcome.Failed(unknown, true);
            }
            undone(lease, connection, known);
            throw e;
        }
        if (failed && known.wasAppliedInTransaction()) {
            lease.doubtApplied();
        }
        known.transactionEnded();
        connection.setAutoCommit(true);
        return new Outcome.Finished();
    }

    /** A commit that failed: what it left open is rolled back, as its client must take it to be. */
    private static void undone(Lease lease, Connection connection, LeaseState known)
            throws SQLException {
        if (lease.kind().errorAbortsTransaction()) {
            rollback(lease, connection, known);
        }
    }

    private static void rollback(Lease lease, Connection connection, LeaseState known)
            throws SQLException {
        for (OpenCursor cursor : Set.copyOf(known.cursors())) {
            cursor.abandon(false);
        }
        if (connection.getAutoCommit()) {
            return;
        }
        connection.rollback();
        if (known.wasAppliedInTransaction()) {
            lease.doubtApplied();
        }
        known.transactionEnded();
        connection.setAutoCommit(true);
    }
}
