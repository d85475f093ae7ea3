package io.gatehouse.server.execute;

/** Where a lease is with respect to transactions. */
public enum TransactionState {
    NONE,
    OPEN,
    /** Only a rollback, or one to a savepoint, helps. */
    FAILED
}
