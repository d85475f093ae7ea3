package io.gatehouse.server.pool;

import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Reset;

import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes a used connection fit for the next borrower. */
final class Cleaning {
    private Cleaning() {}

    /**
     * @param full whether state may have changed that is not carried
     * @return false when the connection must be closed
     */
    static boolean clean(Kind kind, Connection connection, Backing backing, boolean full)
            throws SQLException {
        if (connection.isClosed() || backing.spent()) {
            return false;
        }
        endTransaction(connection, backing);
        return !full || reset(kind, connection, backing);
    }

    /** Whether nothing has to be asked of the backend. */
    static boolean isIdle(Connection connection) throws SQLException {
        return !connection.isClosed()
                && connection.getAutoCommit()
                && (!(connection instanceof BaseConnection postgres)
                        || postgres.getTransactionState() == TransactionState.IDLE);
    }

    private static void endTransaction(Connection connection, Backing backing) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        } else if (connection instanceof BaseConnection postgres
                && postgres.getTransactionState() != TransactionState.IDLE) {
            // A transaction that the client's own SQL began, which the driver does not roll back.
            backing.doubtApplied();
            run(connection, "ROLLBACK");
        }
    }

    /**
     * The full reset of the kind.
     *
     * @return false where the kind has none but closing
     */
    static boolean reset(Kind kind, Connection connection, Backing backing) throws SQLException {
        return switch (kind.reset()) {
            case Reset.Close() -> false;
            case Reset.Statement(String sql) -> {
                run(connection, sql);
                backing.wasReset();
                yield true;
            }
            case Reset.DriverMethod(String type, String method, String afterwards) -> {
                call(connection, type, method);
                run(connection, afterwards);
                backing.wasReset();
                yield true;
            }
        };
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void call(Connection connection, String type, String method)
            throws SQLException {
        try {
            Class<?> face = Class.forName(type);
            face.getMethod(method).invoke(connection.unwrap(face));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("the driver has no " + type + "." + method, e);
        }
    }
}
