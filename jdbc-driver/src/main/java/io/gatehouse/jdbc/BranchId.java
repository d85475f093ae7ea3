package io.gatehouse.jdbc;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** The name of a branch. Immutable. */
final class BranchId implements Xid {
    private final int format;
    private final byte[] global;
    private final byte[] qualifier;

    BranchId(int format, byte[] global, byte[] qualifier) {
        this.format = format;
        this.global = global;
        this.qualifier = qualifier;
    }

    /** A copy of a transaction manager's own. */
    static BranchId of(@Nullable Xid xid) throws XAException {
        if (xid == null) {
            throw XaFaults.of(XAException.XAER_INVAL, "The Xid is null.");
        }
        byte[] global = xid.getGlobalTransactionId();
        byte[] qualifier = xid.getBranchQualifier();
        if (global == null
                || global.length == 0
                || global.length > MAXGTRIDSIZE
                || (qualifier != null && qualifier.length > MAXBQUALSIZE)) {
            throw XaFaults.of(XAException.XAER_INVAL, "The parts of an Xid have 1 to 64 bytes.");
        }
        return new BranchId(
                xid.getFormatId(),
                global.clone(),
                qualifier == null ? new byte[0] : qualifier.clone());
    }

    @Override
    public int getFormatId() {
        return format;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return global.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return qualifier.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Xid)) {
            return false;
        }
        Xid xid = (Xid) other;
        return format == xid.getFormatId()
                && Arrays.equals(global, xid.getGlobalTransactionId())
                && Arrays.equals(qualifier, xid.getBranchQualifier());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * format + Arrays.hashCode(global)) + Arrays.hashCode(qualifier);
    }

    @Override
    public String toString() {
        return "Xid[" + format + ", " + global.length + " and " + qualifier.length + " bytes]";
    }
}
