package io.gatehouse.server.fault;

/**
 * The {@code java.sql} exception class that a fault becomes in the driver. The order is the wire's
 * (docs/protocol/PROTOCOL.md, section 5, "fault").
 */
public enum FaultClass {
    PLAIN,
    DATA,
    FEATURE_NOT_SUPPORTED,
    INTEGRITY_CONSTRAINT,
    INVALID_AUTHORIZATION,
    NON_TRANSIENT_CONNECTION,
    SYNTAX,
    RECOVERABLE,
    TIMEOUT,
    TRANSACTION_ROLLBACK,
    TRANSIENT_CONNECTION,
    TRANSIENT,
    NON_TRANSIENT,
    TRUNCATION;

    /**
     * The class that JDBC 4.3 (section 8.5) gives to an SQLSTATE, for faults whose origin names
     * none.
     *
     * @param sqlState five characters, or empty where unknown
     */
    public static FaultClass ofSqlState(String sqlState) {
        if (sqlState.length() < 2) {
            return PLAIN;
        }
        return switch (sqlState.substring(0, 2)) {
            case "0A" -> FEATURE_NOT_SUPPORTED;
            case "08" -> NON_TRANSIENT_CONNECTION;
            case "22" -> DATA;
            case "23" -> INTEGRITY_CONSTRAINT;
            case "28" -> INVALID_AUTHORIZATION;
            case "40" -> TRANSACTION_ROLLBACK;
            case "42" -> SYNTAX;
            default -> PLAIN;
        };
    }
}
