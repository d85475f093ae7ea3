package io.gatehouse.server.fault;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * One error as a client gets it: from the backend, unchanged, or from the catalogue of this room.
 *
 * @param kind the {@code java.sql} exception class
 * @param sqlState five characters; empty where the backend gave none
 * @param vendorCode the backend's own number; 0 where there is none
 * @param message what happened; never holds a secret
 * @param hint what to do; empty where the origin says nothing
 * @param fields further fields of a PostgreSQL ErrorResponse by their letter (detail {@code D},
 *     position {@code P}, …), and {@link #WHOLE_TEXT}; empty for other origins
 * @param next the next fault of the chain, or null at its end
 */
public record Fault(
        FaultClass kind,
        String sqlState,
        int vendorCode,
        String message,
        String hint,
        Map<Character, String> fields,
        @Nullable Fault next) {

    /**
     * The key of {@link #fields} under which the driver's own whole text stands where it differs
     * from the server's message. No field of PostgreSQL's has it, and no PostgreSQL client gets it.
     */
    public static final char WHOLE_TEXT = '\0';

    /** A fault of the broker's own, with the class that its SQLSTATE has in JDBC. */
    public static Fault of(String sqlState, String message, String hint) {
        FaultClass kind = FaultClass.ofSqlState(sqlState);
        return new Fault(kind, sqlState, 0, message, hint, Map.of(), null);
    }

    /** The same fault as another {@code java.sql} class. */
    public Fault as(FaultClass other) {
        return new Fault(other, sqlState, vendorCode, message, hint, fields, next);
    }

    /** What a JDBC exception says: the driver's own text, or the message and its hint. */
    public String text() {
        String whole = fields.get(WHOLE_TEXT);
        if (whole != null) {
            return whole;
        }
        if (hint.isEmpty()) {
            return message;
        }
        boolean ended = message.endsWith(".") || message.endsWith("!") || message.endsWith("?");
        return message + (ended ? " " : ". ") + hint;
    }
}
