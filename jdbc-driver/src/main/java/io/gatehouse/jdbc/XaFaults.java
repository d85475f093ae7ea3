package io.gatehouse.jdbc;

import io.gatehouse.jdbc.type.Manner;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.sql.SQLNonTransientException;

import javax.transaction.xa.XAException;

/** Makes the exceptions of transaction managers' calls. */
final class XaFaults {
    private XaFaults() {}

    static XAException of(int code, String message) {
        return of(code, message, null);
    }

    static XAException of(int code, SQLException cause) {
        return of(code, String.valueOf(cause.getMessage()), cause);
    }

    private static XAException of(int code, String message, @Nullable SQLException cause) {
        XAException exception = new XAException(message);
        exception.errorCode = code;
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }

    /** Whether nobody can tell from it what the backend did. */
    static boolean isLoss(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** A transaction was to end that a transaction manager ends; as the backend's driver has it. */
    static SQLException inBranch(Manner manner) {
        String message = "The transaction manager ends the transaction of this connection.";
        switch (manner) {
            case POSTGRES:
                return new SQLNonTransientException(message, "55000");
            case MARIADB:
            case MYSQL:
                return new SQLException(message, "XAE07", 1399);
            default:
                return new SQLNonTransientException(message, "2D000");
        }
    }
}
