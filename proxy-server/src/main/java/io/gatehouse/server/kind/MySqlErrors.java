package io.gatehouse.server.kind;

/** What the numbers of MySQL and MariaDB mean for a connection. */
final class MySqlErrors {
    private MySqlErrors() {}

    static Trouble trouble(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            // ER_CON_COUNT, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED
            case 1040, 1203, 1226 -> Trouble.BACKEND_FULL;
            // ER_QUERY_INTERRUPTED
            case 1317 -> Trouble.CANCELLED;
            // ER_QUERY_TIMEOUT; MariaDB's ER_STATEMENT_TIMEOUT
            case 3024, 1969 -> Trouble.TIMED_OUT;
            // ER_SERVER_SHUTDOWN, ER_FORCING_CLOSE, ER_ABORTING_CONNECTION, ER_NEW_ABORTING_*,
            // ER_NET_*, CR_SERVER_GONE, CR_SERVER_LOST, ER_CONNECTION_KILLED,
            // ER_SESSION_WAS_KILLED, ER_CLIENT_INTERACTION_TIMEOUT
            case 1053, 1080, 1152, 1184, 1158, 1159, 1160, 1161, 2006, 2013, 1927, 3169, 4031 ->
                    Trouble.CONNECTION_LOST;
            default -> sqlState.startsWith("08") ? Trouble.CONNECTION_LOST : Trouble.NONE;
        };
    }
}
