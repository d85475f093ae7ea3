package io.gatehouse.jdbc.fault;

import org.jspecify.annotations.Nullable;

import java.sql.DataTruncation;

/** A value that was too long, with the words and codes of its backend. */
final class Truncation extends DataTruncation {
    private static final long serialVersionUID = 1;

    private final String message;
    private final @Nullable String state;
    private final int code;

    Truncation(String message, @Nullable String state, int code) {
        super(-1, false, false, 0, 0);
        this.message = message;
        this.state = state;
        this.code = code;
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public @Nullable String getSQLState() {
        return state;
    }

    @Override
    public int getErrorCode() {
        return code;
    }
}
