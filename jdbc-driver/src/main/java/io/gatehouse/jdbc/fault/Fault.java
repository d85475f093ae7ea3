package io.gatehouse.jdbc.fault;

import org.jspecify.annotations.Nullable;

/** One fault as the broker reports it. Immutable. */
public final class Fault {
    private final int kind;
    private final @Nullable String sqlState;
    private final int vendorCode;
    private final String message;

    /**
     * A fault.
     *
     * @param kind the class of the exception, as the protocol numbers them (0 to 13)
     * @param sqlState the SQLSTATE, null where the backend gave none
     * @param vendorCode the backend's own number, 0 where it has none
     * @param message what happened
     */
    public Fault(int kind, @Nullable String sqlState, int vendorCode, String message) {
        this.kind = kind;
        this.sqlState = sqlState;
        this.vendorCode = vendorCode;
        this.message = message;
    }

    /** The class of the exception, as the protocol numbers them. */
    public int kind() {
        return kind;
    }

    /** The SQLSTATE, null where the backend gave none. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    /** The backend's own number. */
    public int vendorCode() {
        return vendorCode;
    }

    /** What happened. */
    public String message() {
        return message;
    }
}
