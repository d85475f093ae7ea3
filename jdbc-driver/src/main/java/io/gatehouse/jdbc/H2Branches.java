package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.BranchStep;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** To H2 a branch is an ordinary transaction until it is prepared. */
final class H2Branches extends Branches {
    private static final int NO_SUCH_TRANSACTION = 90129;

    /** The branch that was prepared here and is not over; null where there is none. */
    private @Nullable BranchId prepared;

    H2Branches(GatehouseConnection own) {
        super(own);
    }

    @Override
    public void start(@Nullable Xid xid, int flags) throws XAException {
        if (flags == TMRESUME) {
            return;
        }
        BranchId branch = BranchId.of(xid);
        if (flags == TMJOIN && current() != null) {
            if (!isOwn(branch)) {
                throw XaFaults.of(XAException.XAER_RMERR, "The connection is in another branch.");
            }
            return;
        }
        if (current() != null || prepared != null) {
            throw XaFaults.of(XAException.XAER_NOTA, "The connection is in a branch.");
        }
        step(BranchStep.START, branch);
    }

    @Override
    public void end(@Nullable Xid xid, int flags) throws XAException {
        if (flags != TMSUSPEND && !isOwn(BranchId.of(xid))) {
            throw XaFaults.of(XAException.XAER_OUTSIDE, "The connection is not in this branch.");
        }
    }

    @Override
    public int prepare(@Nullable Xid xid) throws XAException {
        BranchId branch = BranchId.of(xid);
        if (!isOwn(branch)) {
            throw XaFaults.of(XAException.XAER_INVAL, "The connection is not in this branch.");
        }
        step(BranchStep.PREPARE, branch);
        prepared = branch;
        return XA_OK;
    }

    @Override
    public void commit(@Nullable Xid xid, boolean onePhase) throws XAException {
        step(onePhase ? BranchStep.COMMIT_ONE_PHASE : BranchStep.COMMIT, over(BranchId.of(xid)));
    }

    @Override
    public void rollback(@Nullable Xid xid) throws XAException {
        BranchId branch = over(BranchId.of(xid));
        step(isOwn(branch) ? BranchStep.ROLLBACK : BranchStep.ROLLBACK_PREPARED, branch);
    }

    private BranchId over(BranchId branch) {
        if (branch.equals(prepared)) {
            prepared = null;
        }
        return branch;
    }

    @Override
    int code(int step, BranchId branch, SQLException e) {
        if (e.getErrorCode() == NO_SUCH_TRANSACTION) {
            return XAException.XAER_NOTA;
        }
        return "25001".equals(e.getSQLState()) ? XAException.XAER_OUTSIDE : XAException.XAER_RMERR;
    }

    /** All of them at every call, as H2's driver has it. */
    @Override
    public Xid[] recover(int flags) throws XAException {
        return prepared();
    }

    /** H2 decides nothing on its own, so that there is nothing to forget. */
    @Override
    public void forget(@Nullable Xid xid) {
        // As its driver has it.
    }
}
