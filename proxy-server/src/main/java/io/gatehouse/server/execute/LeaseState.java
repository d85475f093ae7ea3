package io.gatehouse.server.execute;

import io.gatehouse.server.pool.Attachment;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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
    private int savepointNumber;
    private boolean began;
    private boolean appliedInTransaction;
    private boolean used;

    static LeaseState of(Lease lease) {
        return lease.attachment(LeaseState.class, LeaseState::new);
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

    /** Whether this is the first statement of the checkout. */
    boolean firstUse() {
        boolean first = !used;
        used = true;
        return first;
    }

    void transactionEnded() {
        began = false;
        appliedInTransaction = false;
        savepoints.clear();
        savepointNumber = 0;
    }

    @Override
    public void returned() {
        for (OpenCursor cursor : Set.copyOf(cursors)) {
            try {
                cursor.closeQuietly();
            } catch (SQLException e) {
                // The rollback that follows ends it on the backend, or fails and closes it all.
                LOG.debug("a result could not be closed", e);
            }
        }
        cursors.clear();
        transactionEnded();
        used = false;
    }
}
