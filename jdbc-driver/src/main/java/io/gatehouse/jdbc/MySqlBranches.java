package io.gatehouse.jdbc;

import io.gatehouse.jdbc.wire.BranchStep;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** MySQL's and MariaDB's servers judge every step themselves. */
final class MySqlBranches extends Branches {
    MySqlBranches(GatehouseConnection own) {
        super(own);
    }

    @Override
    public void start(@Nullable Xid xid, int flags) throws XAException {
        switch (flags) {
            case TMNOFLAGS:
                step(BranchStep.START, BranchId.of(xid));
                break;
            case TMJOIN:
                step(BranchStep.JOIN, BranchId.of(xid));
                break;
            case TMRESUME:
                step(BranchStep.RESUME, BranchId.of(xid));
                break;
            default:
                throw XaFaults.of(XAException.XAER_INVAL, "These flags do not start a branch.");
        }
    }

    @Override
    public void end(@Nullable Xid xid, int flags) throws XAException {
        switch (flags) {
            case TMSUCCESS:
            case TMFAIL:
                step(BranchStep.END, BranchId.of(xid));
                break;
            case TMSUSPEND:
                step(BranchStep.SUSPEND, BranchId.of(xid));
                break;
            default:
                throw XaFaults.of(XAException.XAER_INVAL, "These flags do not end a branch.");
        }
    }

    @Override
    public int prepare(@Nullable Xid xid) throws XAException {
        step(BranchStep.PREPARE, BranchId.of(xid));
        return XA_OK;
    }

    @Override
    public void commit(@Nullable Xid xid, boolean onePhase) throws XAException {
        step(onePhase ? BranchStep.COMMIT_ONE_PHASE : BranchStep.COMMIT, BranchId.of(xid));
    }

    @Override
    public void rollback(@Nullable Xid xid) throws XAException {
        BranchId branch = BranchId.of(xid);
        step(isOwn(branch) ? BranchStep.ROLLBACK : BranchStep.ROLLBACK_PREPARED, branch);
    }

    @Override
    int code(int step, BranchId branch, SQLException e) {
        switch (e.getErrorCode()) {
            case 1397:
                return XAException.XAER_NOTA;
            case 1398:
                return XAException.XAER_INVAL;
            case 1400:
                return XAException.XAER_OUTSIDE;
            case 1401:
                return XAException.XAER_RMERR;
            case 1402:
                return XAException.XA_RBROLLBACK;
            case 1440:
                return XAException.XAER_DUPID;
            case 1613:
                return XAException.XA_RBTIMEOUT;
            case 1614:
                return XAException.XA_RBDEADLOCK;
            default:
                // 1399, and what has no code.
                return XAException.XAER_RMFAIL;
        }
    }

    @Override
    public Xid[] recover(int flags) throws XAException {
        boolean scans = (flags & (TMSTARTRSCAN | TMENDRSCAN)) != 0;
        if (!scans && flags != TMNOFLAGS) {
            throw XaFaults.of(XAException.XAER_INVAL, "These flags do not scan for branches.");
        }
        return (flags & TMSTARTRSCAN) == 0 ? new Xid[0] : prepared();
    }

    /** The servers decide nothing on their own, so that there is nothing to forget. */
    @Override
    public void forget(@Nullable Xid xid) {
        // As their drivers have it.
    }
}
