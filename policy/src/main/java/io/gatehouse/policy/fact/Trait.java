package io.gatehouse.policy.fact;

/** A yes-or-no fact about one statement. */
public enum Trait {
    LOCKS_ROWS,
    RETURNS_ROWS,
    CREATES_TABLE_FROM_QUERY,
    DDL,
    TEMPORARY,
    DANGEROUS_FUNCTION,
    FILE_ACCESS,
    PROGRAM_ACCESS,
    /** Runs code whose text or effect is not visible here. */
    OPAQUE,
    HAS_LIMIT,
    /** Provably at most one row: no FROM, or an aggregate without GROUP BY. */
    SINGLE_ROW,
    /** Runs SQL that stands in a string, or an anonymous block, neither of which is looked into. */
    RUNS_TEXT,
    /** Calls a function that is not a known built-in of the dialect. */
    UNKNOWN_FUNCTION,
    ADVISORY_LOCK,
    /** Reads or moves a sequence or the last generated key of the session. */
    SEQUENCE,
    /** Moves a sequence, which a read-only user may not. */
    MOVES_SEQUENCE,
    /** A read proven harmless by its tokens only; its relations are a best effort. */
    UNPARSED,
    /** Asks for a session or transaction that may write, such as SET TRANSACTION READ WRITE. */
    LEAVES_READ_ONLY,
    /** Takes a role that a parameter names, so that no effect can tell it. */
    CHANGES_ROLE,
    /** Asks what the session's last statement left besides a key: its row count, its warnings. */
    LAST_RESULT,
    /**
     * May end state for which a session keeps its connection: DROP, UNLISTEN, CLOSE and the like.
     */
    ENDS_STATE,
    /** Asks about the server or the session: a copy of the data elsewhere may answer otherwise. */
    LOCAL,
    /** May answer otherwise the next time although no data has changed: the time, or chance. */
    MOMENTARY
}
