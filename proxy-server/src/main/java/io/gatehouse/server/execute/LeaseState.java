package io.gatehouse.server.execute;

import io.gatehouse.server.pool.Attachment;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.TapFields;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** What this room keeps with a backend connection. */
final class LeaseState implements Attachment {
    /** PostgreSQL's types that pgjdbc knows without asking the server. */
    private static final Set<Integer> BUILT_IN =
            Set.of(
                    16, 17, 18, 19, 20, 21, 23, 25, 26, 114, 700, 701, 1042, 1043, 1082, 1083, 1114,
                    1184, 1266, 1700);

    private static final Logger LOG = LoggerFactory.getLogger(LeaseState.class);

    private final Set<OpenCursor> cursors = new HashSet<>();
    private final Map<String, Savepoint> savepoints = new LinkedHashMap<>();
    private final Set<Integer> knownTypes = new HashSet<>(BUILT_IN);
    private final Map<TapFields, TapColumns> tapColumns = new WeakHashMap<>();
    private int savepointNumber;
    private boolean began;
    private boolean branch;
    private boolean appliedInTransaction;
    private final Keys keys = new Keys();
    private int calls;
    private Progress progress = Progress.NOT_SENT;

    /** How far the call under way has come. */
    enum Progress {
        NOT_SENT,
        SENT,
        /** The client may have been told something of its outcome. */
        ANSWERED,
        /** The backend has ended it without an error: what it changed in autocommit stays. */
        COMPLETE
    }

    static LeaseState of(Lease lease) {
        return lease.attachment(LeaseState.class, LeaseState::new);
    }

    /** A call begins. */
    void called(Lease lease) {
        calls++;
        if (calls == 1) {
            keys.begin(lease.resumed());
        }
        progress = Progress.NOT_SENT;
    }

    /** Whether the call under way is the first of the checkout. */
    boolean isFirstCall() {
        return calls == 1;
    }

    void sent() {
        progress = Progress.SENT;
    }

    void answered() {
        if (progress != Progress.COMPLETE) {
            progress = Progress.ANSWERED;
        }
    }

    void complete() {
        progress = Progress.COMPLETE;
    }

    Progress progress() {
        return progress;
    }

    Set<OpenCursor> cursors() {
        return cursors;
    }

    /** A suspended result next to which nothing else may run, if there is one. */
    @Nullable OpenCursor exclusive() {
        for (OpenCursor cursor : cursors) {
            if (cursor.exclusive()) {
                return cursor;
            }
        }
        return null;
    }

    /** Object ids of types that pgjdbc can name without asking the server. */
    Set<Integer> knownTypes() {
        return knownTypes;
    }

    /** What is known of descriptions that pgjdbc keeps. */
    Map<TapFields, TapColumns> tapColumns() {
        return tapColumns;
    }

    Map<String, Savepoint> savepoints() {
        return savepoints;
    }

    /** A name that no savepoint of the transaction has. */
    String nextSavepoint() {
        return "gatehouse_" + ++savepointNumber;
    }

    /** A statement ran in the transaction that the driver keeps open. */
    void began() {
        began = true;
    }

    /** What follows belongs to a branch of a transaction over several databases. */
    void branchBegan() {
        branch = true;
    }

    boolean inBranch() {
        return branch;
    }

    boolean isBegun() {
        return began;
    }

    /** Carried state was changed inside the transaction, so that a rollback takes it back. */
    void appliedInTransaction() {
        appliedInTransaction = true;
    }

    boolean wasAppliedInTransaction() {
        return appliedInTransaction;
    }

    Keys keys() {
        return keys;
    }

    void transactionEnded() {
        began = false;
        branch = false;
        appliedInTransaction = false;
        savepoints.clear();
        savepointNumber = 0;
    }

    @Override
    public void wasReset() {
        keys.forgotten();
    }

    /** A branch that was left may be more than what a rollback and a reset undo. */
    @Override
    public boolean spoilt() {
        return branch;
    }

    @Override
    public void returned() {
        for (OpenCursor cursor : List.copyOf(cursors)) {
            try {
                cursor.closeQuietly();
            } catch (SQLException e) {
                // The rollback that follows ends it on the backend, or fails and closes it all.
                LOG.debug("a result could not be closed", e);
            }
        }
        cursors.clear();
        transactionEnded();
        calls = 0;
    }
}
