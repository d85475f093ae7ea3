package io.gatehouse.policy.fact;

/** What a statement is. */
public enum Verb {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    REPLACE,
    TRUNCATE,
    CREATE,
    ALTER,
    DROP,
    COMMENT,
    GRANT,
    REVOKE,
    COPY,
    CALL,
    DO,
    /** A plan; where it runs what it explains, {@link StatementFacts#verbs} has that verb too. */
    EXPLAIN,
    SET,
    RESET,
    SHOW,
    USE,
    DESCRIBE,
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    RELEASE,
    ROLLBACK_TO,
    SET_TRANSACTION,
    /** A step of a transaction over several databases, such as PREPARE TRANSACTION or XA START. */
    TWO_PHASE,
    LOCK,
    PREPARE,
    EXECUTE,
    DEALLOCATE,
    DECLARE_CURSOR,
    FETCH,
    CLOSE,
    LISTEN,
    NOTIFY,
    UNLISTEN,
    DISCARD,
    VACUUM,
    ANALYZE,
    LOAD,
    IMPORT,
    VALUES,
    /** Nothing but blanks and comments. */
    EMPTY,
    /** Recognized, harmless or not, but of no kind above. */
    OTHER,
    /** Not recognized. */
    UNKNOWN
}
