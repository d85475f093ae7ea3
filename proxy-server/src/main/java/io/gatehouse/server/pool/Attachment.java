package io.gatehouse.server.pool;

/** What another room keeps with a backend connection, for as long as that is open. */
public interface Attachment {
    /** Whether the connection has to be closed as it is; asked before {@link #returned}. */
    default boolean spoilt() {
        return false;
    }

    /** The lease ends: lets go of whatever belongs to it. On the lease's worker. */
    void returned();

    /** The full reset ran after that: the connection is as it was when it was opened. */
    default void wasReset() {}
}
