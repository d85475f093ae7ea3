package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.FaultClass;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.kind.Trouble;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DataTruncation;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns a driver's exceptions into faults, unchanged. */
final class SqlFaults {
    /** Drivers chain one exception per failed row of a batch. */
    private static final int LONGEST_CHAIN = 100;

    private SqlFaults() {}

    /** The outcome of a call whose driver threw. */
    static Outcome.Failed failed(Lease lease, SQLException cause) {
        Fault fault = of(cause);
        boolean lost = isLost(lease, cause);
        if (fault.sqlState().isEmpty() && serverMessage(cause) != null) {
            // No PostgreSQL sends such an error: what else comes from there cannot be trusted.
            lease.doom();
            String why = "it sent an error without a code";
            return new Outcome.Failed(Faults.backendLost(lease.target().name(), why), true);
        }
        if (lost) {
            lease.lost();
            if (fault.sqlState().isEmpty()) {
                fault = Faults.backendLost(lease.target().name(), fault.message());
            }
        }
        return new Outcome.Failed(fault, lost, isDriversOwn(cause));
    }

    /** Whether pgjdbc refused by itself; a batch tells in the next exception why it failed. */
    private static boolean isDriversOwn(SQLException cause) {
        SQLException next = cause.getNextException();
        SQLException why = cause instanceof BatchUpdateException && next != null ? next : cause;
        return why instanceof PSQLException && serverMessage(why) == null;
    }

    /** Whether the connection is gone. */
    static boolean isLost(Lease lease, SQLException cause) {
        if (lease.kind().trouble(state(cause), cause.getErrorCode()) == Trouble.CONNECTION_LOST) {
            return true;
        }
        Connection connection = lease.connection();
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            return true;
        }
    }

    /** Whether a prepared statement was refused because tables have changed since. */
    static boolean isStalePlan(SQLException cause) {
        ServerErrorMessage server = serverMessage(cause);
        return server != null
                && state(cause).equals("0A000")
                && "RevalidateCachedQuery".equals(server.getRoutine());
    }

    /** The chain of an exception as a chain of faults. */
    static Fault of(SQLException first) {
        List<SQLException> chain = new ArrayList<>();
        SQLException link = first;
        while (link != null && chain.size() < LONGEST_CHAIN) {
            chain.add(link);
            link = link.getNextException();
        }
        Fault fault = null;
        for (int i = chain.size() - 1; i >= 0; i--) {
            fault = one(chain.get(i), fault);
        }
        return fault == null ? one(first, null) : fault;
    }

    /** Passes a chain of warnings on. */
    static void warn(@Nullable SQLWarning first, RowSink sink) {
        SQLWarning warning = first;
        while (warning != null) {
            sink.warning(single(warning));
            warning = warning.getNextWarning();
        }
    }

    /** One exception without those chained to it. */
    static Fault single(SQLException e) {
        return one(e, null);
    }

    private static Fault one(SQLException e, @Nullable Fault next) {
        ServerErrorMessage server = serverMessage(e);
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (server == null || server.getMessage() == null) {
            return new Fault(classOf(e), state(e), e.getErrorCode(), text, "", Map.of(), next);
        }
        String hint = server.getHint() == null ? "" : server.getHint();
        return new Fault(
                classOf(e),
                state(e),
                e.getErrorCode(),
                server.getMessage(),
                hint,
                fields(server, text),
                next);
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
        return switch (e) {
            case PSQLException postgres -> postgres.getServerErrorMessage();
            case PSQLWarning postgres -> postgres.getServerErrorMessage();
            default -> null;
        };
    }

    private static Map<Character, String> fields(ServerErrorMessage server, String text) {
        Map<Character, String> fields = new TreeMap<>();
        fields.put(Fault.WHOLE_TEXT, text);
        put(fields, 'S', server.getSeverity());
        put(fields, 'D', server.getDetail());
        if (server.getPosition() > 0) {
            fields.put('P', Integer.toString(server.getPosition()));
        }
        if (server.getInternalPosition() > 0) {
            fields.put('p', Integer.toString(server.getInternalPosition()));
        }
        put(fields, 'q', server.getInternalQuery());
        put(fields, 'W', server.getWhere());
        put(fields, 's', server.getSchema());
        put(fields, 't', server.getTable());
        put(fields, 'c', server.getColumn());
        put(fields, 'd', server.getDatatype());
        put(fields, 'n', server.getConstraint());
        put(fields, 'F', server.getFile());
        if (server.getLine() > 0) {
            fields.put('L', Integer.toString(server.getLine()));
        }
        put(fields, 'R', server.getRoutine());
        return Map.copyOf(fields);
    }

    private static void put(Map<Character, String> fields, char letter, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(letter, value);
        }
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static FaultClass classOf(SQLException e) {
        return switch (e) {
            case DataTruncation ignored -> FaultClass.TRUNCATION;
            case SQLDataException ignored -> FaultClass.DATA;
            case SQLFeatureNotSupportedException ignored -> FaultClass.FEATURE_NOT_SUPPORTED;
            case SQLIntegrityConstraintViolationException ignored ->
                    FaultClass.INTEGRITY_CONSTRAINT;
            case SQLInvalidAuthorizationSpecException ignored -> FaultClass.INVALID_AUTHORIZATION;
            case SQLNonTransientConnectionException ignored -> FaultClass.NON_TRANSIENT_CONNECTION;
            case SQLSyntaxErrorException ignored -> FaultClass.SYNTAX;
            case SQLRecoverableException ignored -> FaultClass.RECOVERABLE;
            case SQLTimeoutException ignored -> FaultClass.TIMEOUT;
            case SQLTransactionRollbackException ignored -> FaultClass.TRANSACTION_ROLLBACK;
            case SQLTransientConnectionException ignored -> FaultClass.TRANSIENT_CONNECTION;
            case SQLTransientException ignored -> FaultClass.TRANSIENT;
            case SQLNonTransientException ignored -> FaultClass.NON_TRANSIENT;
            default -> FaultClass.PLAIN;
        };
    }
}
