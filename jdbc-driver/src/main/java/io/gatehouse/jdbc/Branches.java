package io.gatehouse.jdbc;

import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.wire.BranchStep;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The branches of one session. What is refused, and with which code, is what the driver of the
 * backend's vendor makes of it; the order of steps is judged where that driver has it judged.
 */
abstract class Branches implements XAResource {
    private final GatehouseConnection own;
    private final Session session;

    /** The branch that the session is in, until it is prepared or over. */
    private @Nullable BranchId current;

    /**
     * @param own the session for the resource's own questions
     */
    Branches(GatehouseConnection own) {
        this.own = own;
        this.session = own.session();
    }

    final @Nullable BranchId current() {
        return current;
    }

    final boolean isOwn(BranchId branch) {
        return branch.equals(current);
    }

    final boolean isInTransaction() {
        return session.inTransaction();
    }

    /** The code for what the backend or the broker said to a step. */
    abstract int code(int step, BranchId branch, SQLException e);

    final void step(int step, BranchId branch) throws XAException {
        try {
            session.branch(
                    step,
                    branch.getFormatId(),
                    branch.getGlobalTransactionId(),
                    branch.getBranchQualifier());
        } catch (SQLException e) {
            throw XaFaults.of(
                    XaFaults.isLoss(e) ? XAException.XAER_RMFAIL : code(step, branch, e), e);
        }
        switch (step) {
            case BranchStep.START:
                current = branch;
                break;
            case BranchStep.PREPARE:
            case BranchStep.COMMIT_ONE_PHASE:
            case BranchStep.ROLLBACK:
                current = isOwn(branch) ? null : current;
                break;
            default:
                break;
        }
    }

    /** The branches that are prepared at the backend, whoever prepared them. */
    final Xid[] prepared() throws XAException {
        List<Xid> all = new ArrayList<>();
        try (ResultSet rows = own.catalogRows("connection.recover", List.of())) {
            while (rows.next()) {
                all.add(new BranchId(rows.getInt(1), rows.getBytes(2), rows.getBytes(3)));
            }
        } catch (SQLException e) {
            int code = XaFaults.isLoss(e) ? XAException.XAER_RMFAIL : XAException.XAER_RMERR;
            throw XaFaults.of(code, e);
        }
        return all.toArray(new Xid[0]);
    }

    /** Only this one: a branch cannot be joined from another connection. */
    @Override
    @SuppressWarnings("ReferenceEquality") // the very same is what is asked for
    public final boolean isSameRM(@Nullable XAResource other) {
        return other == this;
    }

    /** No backend has a timeout for branches. */
    @Override
    public final int getTransactionTimeout() {
        return 0;
    }

    @Override
    public final boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
