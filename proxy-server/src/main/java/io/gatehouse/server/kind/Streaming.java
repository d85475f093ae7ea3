package io.gatehouse.server.kind;

/**
 * How a large result is read in bounded memory.
 *
 * @param recipe what the driver has to be told
 * @param exclusive whether nothing else may run on a connection while a result is being read:
 *     another statement would fail, or make the driver buffer the rest
 */
public record Streaming(Recipe recipe, boolean exclusive) {
    /** What the driver has to be told. */
    public enum Recipe {
        /** A fetch size above 0, inside a transaction. */
        CURSOR_IN_TRANSACTION,
        /** A fetch size of {@code Integer.MIN_VALUE}. */
        ROW_BY_ROW,
        /** A fetch size above 0. */
        FETCH_SIZE,
        /** Nothing: the driver never holds a whole result. */
        AS_IS
    }
}
