package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.BranchStep;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** To PostgreSQL a branch is an ordinary transaction until it is prepared. */
final class PostgresBranches extends Branches {
    private static final String NO_SUCH_OBJECT = "42704";

    private boolean active;

    /** The branch that was prepared last here; null once another one has begun. */
    private @Nullable BranchId prepared;

    private boolean settled;

    PostgresBranches(GatehouseConnection own) {
        super(own);
    }

    @Override
    public void start(@Nullable Xid xid, int flags) throws XAException {
        if (flags != TMNOFLAGS && flags != TMRESUME && flags != TMJOIN) {
            throw XaFaults.of(XAException.XAER_INVAL, "These flags do not start a branch.");
        }
        BranchId branch = BranchId.of(xid);
        if (active) {
            throw XaFaults.of(XAException.XAER_PROTO, "The connection is in a branch.");
        }
        if (flags == TMRESUME) {
            throw XaFaults.of(XAException.XAER_RMERR, "PostgreSQL suspends no branches.");
        }
        if (flags == TMJOIN ? !isOwn(branch) : current() != null) {
            throw XaFaults.of(XAException.XAER_RMERR, "PostgreSQL interleaves no branches.");
        }
        step(flags == TMJOIN ? BranchStep.JOIN : BranchStep.START, branch);
        active = true;
        prepared = null;
        settled = false;
    }

    @Override
    public void end(@Nullable Xid xid, int flags) throws XAException {
        if (flags != TMSUSPEND && flags != TMFAIL && flags != TMSUCCESS) {
            throw XaFaults.of(XAException.XAER_INVAL, "These flags do not end a branch.");
        }
        BranchId branch = BranchId.of(xid);
        if (!active || !isOwn(branch)) {
            throw XaFaults.of(XAException.XAER_PROTO, "The branch has not been started here.");
        }
        if (flags == TMSUSPEND) {
            throw XaFaults.of(XAException.XAER_RMERR, "PostgreSQL suspends no branches.");
        }
        active = false;
    }

    @Override
    public int prepare(@Nullable Xid xid) throws XAException {
        BranchId branch = BranchId.of(xid);
        if (current() == null) {
            throw prepared != null
                    ? XaFaults.of(XAException.XAER_PROTO, "The branch was prepared before.")
                    : XaFaults.of(XAException.XAER_NOTA, "The connection is in no branch.");
        }
        if (!isOwn(branch)) {
            throw XaFaults.of(XAException.XAER_RMERR, "The connection is in another branch.");
        }
        if (active) {
            throw XaFaults.of(XAException.XAER_INVAL, "The branch has not ended.");
        }
        step(BranchStep.PREPARE, branch);
        prepared = branch;
        return XA_OK;
    }

    @Override
    public void commit(@Nullable Xid xid, boolean onePhase) throws XAException {
        BranchId branch = BranchId.of(xid);
        if (onePhase) {
            checkOnePhase(branch);
            step(BranchStep.COMMIT_ONE_PHASE, branch);
        } else {
            if (current() != null) {
                throw XaFaults.of(XAException.XAER_PROTO, "The connection is in a branch.");
            }
            checkOutside();
            step(BranchStep.COMMIT, branch);
        }
        settled = true;
    }

    private void checkOnePhase(BranchId branch) throws XAException {
        if (branch.equals(prepared)) {
            throw XaFaults.of(XAException.XAER_PROTO, "The branch is prepared.");
        }
        if (current() == null && !settled) {
            throw XaFaults.of(XAException.XAER_RMERR, "The connection is in no branch.");
        }
        if (!isOwn(branch) || settled) {
            throw XaFaults.of(XAException.XAER_NOTA, "The connection is not in this branch.");
        }
        if (active) {
            throw XaFaults.of(XAException.XAER_PROTO, "The branch has not ended.");
        }
    }

    private void checkOutside() throws XAException {
        if (isInTransaction()) {
            throw XaFaults.of(
                    XAException.XAER_RMFAIL, "The connection is in a transaction of its own.");
        }
    }

    @Override
    public void rollback(@Nullable Xid xid) throws XAException {
        BranchId branch = BranchId.of(xid);
        if (isOwn(branch)) {
            step(BranchStep.ROLLBACK, branch);
            active = false;
        } else {
            checkOutside();
            step(BranchStep.ROLLBACK_PREPARED, branch);
        }
        settled = true;
    }

    @Override
    int code(int step, BranchId branch, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        switch (step) {
            case BranchStep.PREPARE:
            case BranchStep.COMMIT_ONE_PHASE:
                if (state.startsWith("23")) {
                    return XAException.XA_RBINTEGRITY;
                }
                return state.equals("25P02") ? XAException.XA_RBROLLBACK : XAException.XAER_RMFAIL;
            case BranchStep.COMMIT:
            case BranchStep.ROLLBACK_PREPARED:
                return state.equals(NO_SUCH_OBJECT) && (settled || !branch.equals(prepared))
                        ? XAException.XAER_NOTA
                        : XAException.XAER_RMERR;
            default:
                return state.equals("25001") ? XAException.XAER_OUTSIDE : XAException.XAER_RMERR;
        }
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
        boolean known =
                flags == TMSTARTRSCAN
                        || flags == TMENDRSCAN
                        || flags == TMNOFLAGS
                        || flags == (TMSTARTRSCAN | TMENDRSCAN);
        if (!known) {
            throw XaFaults.of(XAException.XAER_INVAL, "These flags do not scan for branches.");
        }
        return (flags & TMSTARTRSCAN) == 0 ? new Xid[0] : prepared();
    }

    /** PostgreSQL decides nothing on its own, so that there is nothing to forget. */
    @Override
    public void forget(@Nullable Xid xid) throws XAException {
        throw XaFaults.of(XAException.XAER_NOTA, "PostgreSQL decides no branch on its own.");
    }
}
