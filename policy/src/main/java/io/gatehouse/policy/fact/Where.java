package io.gatehouse.policy.fact;

/** Whether an UPDATE or DELETE is bounded by a condition. The weakest of all in the statement. */
public enum Where {
    /** The statement is of a kind that has no WHERE, or reads only. */
    NOT_APPLICABLE,
    /** There is a condition, and nothing shows it to be always true. */
    PRESENT,
    /** There is a condition that every row meets. */
    ALWAYS_TRUE,
    /** There is no condition. */
    ABSENT;

    /** The weaker of this and {@code other}. */
    public Where weakest(Where other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
