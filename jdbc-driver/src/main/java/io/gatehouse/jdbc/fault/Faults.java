package io.gatehouse.jdbc.fault;

import org.jspecify.annotations.Nullable;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.sql.SQLWarning;
import java.util.List;

/** Makes the exceptions of {@code java.sql}: those the broker sent and the driver's own. */
public final class Faults {
    private Faults() {}

    /**
     * The exception for a chain of faults.
     *
     * @param chain at least one fault; each becomes the next exception of the one before
     */
    public static SQLException exception(List<Fault> chain) {
        SQLException first = exception(chain.get(0));
        for (Fault next : chain.subList(1, chain.size())) {
            first.setNextException(exception(next));
        }
        return first;
    }

    private static SQLException exception(Fault f) {
        String message = f.message();
        String state = f.sqlState();
        int code = f.vendorCode();
        switch (f.kind()) {
            case 1:
                return new SQLDataException(message, state, code);
            case 2:
                return new SQLFeatureNotSupportedException(message, state, code);
            case 3:
                return new SQLIntegrityConstraintViolationException(message, state, code);
            case 4:
                return new SQLInvalidAuthorizationSpecException(message, state, code);
            case 5:
                return new SQLNonTransientConnectionException(message, state, code);
            case 6:
                return new SQLSyntaxErrorException(message, state, code);
            case 7:
                return new SQLRecoverableException(message, state, code);
            case 8:
                return new SQLTimeoutException(message, state, code);
            case 9:
                return new SQLTransactionRollbackException(message, state, code);
            case 10:
                return new SQLTransientConnectionException(message, state, code);
            case 11:
                return new SQLTransientException(message, state, code);
            case 12:
                return new SQLNonTransientException(message, state, code);
            case 13:
                return new Truncation(message, state, code);
            default:
                return new SQLException(message, state, code);
        }
    }

    /** The warning for one fault. */
    public static SQLWarning warning(Fault f) {
        return new SQLWarning(f.message(), f.sqlState(), f.vendorCode());
    }

    /**
     * The exception for a refusal before the session exists, chosen by its SQLSTATE's class.
     *
     * @param sqlState five characters
     */
    public static SQLException refused(String sqlState, String message) {
        if (sqlState.startsWith("28")) {
            return new SQLInvalidAuthorizationSpecException(message, sqlState);
        }
        if (sqlState.startsWith("53") || sqlState.startsWith("57")) {
            return new SQLTransientConnectionException(message, sqlState);
        }
        return new SQLNonTransientConnectionException(message, sqlState);
    }

    /** No connection could be made (08001). */
    public static SQLException noConnection(String message, @Nullable Throwable cause) {
        return new SQLNonTransientConnectionException(message, "08001", cause);
    }

    /** The other side broke the protocol (08P01). */
    public static SQLException violation(String message, @Nullable Throwable cause) {
        return new SQLNonTransientConnectionException(message, "08P01", cause);
    }

    /** The connection was lost (08006). */
    public static SQLException lost(String message, @Nullable Throwable cause) {
        return new SQLNonTransientConnectionException(message, "08006", cause);
    }

    /** The connection was lost while a commit was under way, whose outcome is unknown (08007). */
    public static SQLException commitUnknown(SQLException cause) {
        return new SQLNonTransientConnectionException(
                "The connection was lost while a commit was under way: whether it took place is"
                        + " unknown; check before you repeat it. "
                        + cause.getMessage(),
                "08007",
                cause);
    }

    /** The connection was lost during a change in autocommit, whose outcome is unknown (08007). */
    public static SQLException changeUnknown(SQLException cause) {
        return new SQLNonTransientConnectionException(
                "The connection was lost while a statement was under way: whether it took place is"
                        + " unknown; check before you repeat it. "
                        + cause.getMessage(),
                "08007",
                cause);
    }

    /** The connection was lost, and no other broker took over (08006, or what the first said). */
    public static SQLException notTakenOver(SQLException first, SQLException last) {
        String state = first.getSQLState();
        SQLException e =
                refused(
                        state == null ? "08006" : state,
                        first.getMessage() + " No other broker took over: " + last.getMessage());
        e.initCause(last);
        return e;
    }

    /** The transaction is gone with its broker, and nothing of it took place (40001). */
    public static SQLException rolledBack(SQLException cause) {
        return new SQLTransactionRollbackException(
                "The transaction was rolled back: its connection to the broker was lost. Roll back"
                        + " and begin it again; the connection goes on with the next broker. "
                        + cause.getMessage(),
                "40001",
                cause);
    }

    /** The connection is closed (08003). */
    public static SQLException connectionClosed() {
        return new SQLNonTransientConnectionException("The connection is closed.", "08003");
    }

    /** A call that makes no sense now (HY010). */
    public static SQLException sequence(String message) {
        return new SQLNonTransientException(message, "HY010");
    }

    /** An argument that is not allowed (22023). */
    public static SQLException badArgument(String message) {
        return new SQLDataException(message, "22023");
    }

    /** A place that a value does not have (22023). */
    public static SQLException outsideOfValue() {
        return badArgument("The position or length is outside of the value.");
    }

    /** A place that an array does not have (22000). */
    public static SQLException outsideOfArray(int length) {
        return new SQLDataException(
                "These are not places of the array's " + length + " elements.", "22000");
    }

    /** A cursor that is not on a row (24000). */
    public static SQLException cursor(String message) {
        return new SQLNonTransientException(message, "24000");
    }

    /** Something is larger than a limit (54000). */
    public static SQLException tooLarge(String message) {
        return new SQLNonTransientException(message, "54000");
    }

    /** A value that could not be brought (22000). */
    public static SQLException unreadable(Throwable cause) {
        Throwable reason = cause.getCause();
        return reason instanceof SQLException
                ? (SQLException) reason
                : new SQLDataException("The value could not be read.", "22000", cause);
    }

    /** A number or time out of its type's range (22003). */
    public static SQLException outOfRange(String what, String type) {
        return new SQLDataException("The value " + what + " does not fit " + type + ".", "22003");
    }

    /** A text that is not of the form asked for (22018). */
    public static SQLException badText(String type, @Nullable Throwable cause) {
        return new SQLDataException(
                "The text of this value is not of the form of " + type + ".", "22018", cause);
    }

    /** A conversion that JDBC does not have (07006). */
    public static SQLException noConversion(String from, String to) {
        return new SQLDataException("A " + from + " cannot be converted to " + to + ".", "07006");
    }

    /** A cast that PostgreSQL does not have (42846). */
    public static SQLException noCast(String from, String to) {
        return new SQLDataException("A " + from + " cannot be cast to " + to + ".", "42846");
    }

    /** A day that no calendar has; vendors' drivers differ in the SQLSTATE. */
    public static SQLException noDay(String sqlState) {
        return new SQLDataException(
                "The value is a day that no calendar has; read it as a text.", sqlState);
    }

    /** A feature that the driver does not have (0A000). */
    public static SQLFeatureNotSupportedException unsupported(String what) {
        return new SQLFeatureNotSupportedException(
                what + " is not supported by this version of the Gatehouse driver.", "0A000");
    }

    /** A feature that the backend does not have (0A000). */
    public static SQLFeatureNotSupportedException lacking(String what) {
        return new SQLFeatureNotSupportedException(
                "The backend of this connection has no " + what + ".", "0A000");
    }
}
