package io.gatehouse.server.kind;

import java.util.Optional;

/**
 * How a kind takes part in transactions over several databases. Immutable and thread-safe. The
 * statements are the ones that the vendor's own XA driver sends, under the same names, so that
 * either finds what the other has prepared.
 */
public interface TwoPhase {

    /** What is done with a branch. */
    enum Step {
        START,
        JOIN,
        RESUME,
        END,
        SUSPEND,
        PREPARE,
        /** Of a branch that is prepared, from any connection. */
        COMMIT,
        /** Of a branch that has ended, on its own connection, without preparing it. */
        COMMIT_ONE_PHASE,
        /** Of a branch that is not prepared, on its own connection. */
        ROLLBACK,
        /** Of a branch that is prepared, from any connection. */
        ROLLBACK_PREPARED;

        /** Whether the branch is no longer its connection's afterwards. */
        public boolean leaves() {
            return this == PREPARE || this == COMMIT_ONE_PHASE || this == ROLLBACK;
        }

        /** Whether any connection will do, outside of a transaction. */
        public boolean anywhere() {
            return this == COMMIT || this == ROLLBACK_PREPARED;
        }
    }

    /** What becomes of a connection that a branch was prepared on. */
    enum Prepared {
        /** The branch has left it. */
        FREE,
        /** The branch leaves it when it is closed, and nobody else can end it before that. */
        CLOSED,
        /** The branch stays with it; anyone may end it, but it must not be closed before that. */
        STAYS
    }

    /**
     * The statement for a step; empty where a branch is an ordinary transaction so far, and the
     * driver begins and ends it.
     */
    String sql(Step step, Branch branch);

    /** Whether the backend knows of a branch from its start, and judges the order of its steps. */
    boolean judgesOrder();

    /** The query for the branches that are prepared. */
    String recovery();

    /**
     * The branch that a row of {@link #recovery} is about; empty where it is not one of XA's.
     *
     * @param texts the columns as texts
     * @param last the last column as bytes
     */
    Optional<Branch> recovered(String[] texts, byte[] last);

    /** What becomes of the connection that a branch was prepared on. */
    Prepared prepared();

    /** Whether the backend says with that error that it knows no such branch. */
    boolean isUnknown(String sqlState, int vendorCode);
}
