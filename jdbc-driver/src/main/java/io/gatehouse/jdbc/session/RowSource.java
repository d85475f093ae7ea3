package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.wire.Reply;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/** Where the rows of a cursor come from. */
interface RowSource {
    /** The next frame of rows, waiting for it; null at the end. */
    Reply.@Nullable Rows nextFrame(RowCursor rows) throws SQLException;

    /** How many bytes of a row may be kept. */
    long mostKept();

    /** Whether no frame follows, without waiting. */
    boolean isBehindLast(RowCursor rows);

    /** Nobody will ask for more. */
    void close(RowCursor rows);

    /** Rows that are not what they should be end the session. */
    SQLException violated(String message);

    /** None but those that are here. */
    RowSource NONE =
            new RowSource() {
                @Override
                public Reply.@Nullable Rows nextFrame(RowCursor rows) {
                    return rows.poll();
                }

                @Override
                public long mostKept() {
                    return 0;
                }

                @Override
                public boolean isBehindLast(RowCursor rows) {
                    return !rows.hasFrames();
                }

                @Override
                public void close(RowCursor rows) {
                    // There is nothing to give back.
                }

                @Override
                public SQLException violated(String message) {
                    return new SQLException(message, "XX000");
                }
            };
}
