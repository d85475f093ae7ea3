package io.gatehouse.policy.fact;

/** Why the state of a session cannot be carried to another backend connection. */
public enum PinReason {
    TEMPORARY_TABLE,
    SESSION_LOCK,
    LISTEN,
    HELD_CURSOR,
    USER_VARIABLE,
    PREPARED_STATEMENT,
    TABLE_LOCK,
    SETTING,
    ATTACHED_DATABASE,
    RANDOM_SEED,
    /** The session asks for what its last statement left: a key, a row count, warnings. */
    LAST_STATEMENT,
    LOADED_CODE,
    /** A branch of a transaction over several databases, until it is prepared or ended. */
    XA_BRANCH
}
