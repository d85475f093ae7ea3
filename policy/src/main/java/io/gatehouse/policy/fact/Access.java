package io.gatehouse.policy.fact;

/** How a statement touches a relation. */
public enum Access {
    /** Rows or structure are read. */
    READ,
    /** Rows or structure may change. */
    WRITE
}
