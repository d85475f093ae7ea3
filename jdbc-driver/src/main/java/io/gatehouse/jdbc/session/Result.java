package io.gatehouse.jdbc.session;

import org.jspecify.annotations.Nullable;

/** One of the results of a statement: rows or a count. Immutable. */
public final class Result {
    private final @Nullable RowCursor rows;
    private final long count;

    Result(@Nullable RowCursor rows, long count) {
        this.rows = rows;
        this.count = count;
    }

    /** The rows, null if this is a count. */
    public @Nullable RowCursor rows() {
        return rows;
    }

    /** The count, -1 if this is rows. */
    public long count() {
        return count;
    }
}
