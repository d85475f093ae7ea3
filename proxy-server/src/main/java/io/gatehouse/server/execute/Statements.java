package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.Lease;

import org.mariadb.jdbc.FunctionStatement;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;

/** Opens the driver's statements. */
final class Statements {
    private Statements() {}

    /**
     * A statement to run.
     *
     * @param sql what a plain statement is given; a prepared one has it already
     */
    record Ready(Statement statement, String sql) {}

    static Ready open(Lease lease, Call.Text text, List<Parameter> parameters) throws SQLException {
        Connection connection = lease.connection();
        String sql = text.permitted().sql();
        Signature call = text.call();
        boolean plainly = call == null && parameters.isEmpty() && asksForLast(text);
        if (text.direct() || plainly) {
            Statement plain =
                    connection.createStatement(
                            ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
            if (!text.escapes()) {
                // Asking for the default would make some drivers rewrite what they else leave.
                plain.setEscapeProcessing(false);
            }
            return new Ready(plain, TraceComment.commented(sql, text));
        }
        if (call != null) {
            CallableStatement callable = Invocations.prepare(lease, sql);
            Invocations.register(callable, call);
            Invocations.bind(lease, callable, call, parameters);
            if (lease.kind().dialect() == Dialect.POSTGRESQL && !call.out().isEmpty()) {
                PostgresCall.keepRow(callable);
            }
            return new Ready(callable, sql);
        }
        String commented = TraceComment.commented(sql, text);
        PreparedStatement prepared = prepare(connection, commented, text);
        Binder binder = new Binder(lease, prepared);
        for (int i = 0; i < parameters.size(); i++) {
            binder.bind(i + 1, parameters.get(i));
        }
        return new Ready(prepared, commented);
    }

    /** To prepare it would be the last statement itself, as MySQL and MariaDB see it. */
    static boolean asksForLast(Call.Text text) {
        for (StatementFacts statement : text.permitted().facts().statements()) {
            if (statement.traits().contains(Trait.LAST_RESULT)) {
                return true;
            }
        }
        return false;
    }

    static PreparedStatement prepare(Connection connection, String sql, Call.Text text)
            throws SQLException {
        return switch (text.keys()) {
            case NONE ->
                    connection.prepareStatement(
                            sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
            case ANY -> connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
            case NAMED ->
                    connection.prepareStatement(sql, text.keyColumns().toArray(String[]::new));
            case NUMBERED -> connection.prepareStatement(sql, numbers(text));
        };
    }

    static boolean execute(Statement statement, String sql, Call.Text text) throws SQLException {
        return switch (text.keys()) {
            case NONE -> statement.execute(sql);
            case ANY -> statement.execute(sql, Statement.RETURN_GENERATED_KEYS);
            case NAMED -> statement.execute(sql, text.keyColumns().toArray(String[]::new));
            case NUMBERED -> statement.execute(sql, numbers(text));
        };
    }

    private static int[] numbers(Call.Text text) {
        try {
            return text.keyColumns().stream().mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw new GatehouseException(Faults.badParameter(1, "must be a column's number"), e);
        }
    }

    static long executeUpdate(PreparedStatement statement) throws SQLException {
        if (statement instanceof FunctionStatement) {
            // Its executeUpdate stumbles over the function's value when it looks for a count.
            statement.execute();
            return 0;
        }
        return counted(statement, statement.executeUpdate());
    }

    static long executeUpdate(Statement statement, String sql, Call.Text text) throws SQLException {
        int count =
                switch (text.keys()) {
                    case NONE -> statement.executeUpdate(sql);
                    case ANY -> statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS);
                    case NAMED ->
                            statement.executeUpdate(sql, text.keyColumns().toArray(String[]::new));
                    case NUMBERED -> statement.executeUpdate(sql, numbers(text));
                };
        return counted(statement, count);
    }

    /** A count that may not have fitted is asked for again. */
    private static long counted(Statement statement, int count) throws SQLException {
        boolean fits = count >= 0 && count < Integer.MAX_VALUE;
        return fits ? count : Math.max(0, updateCount(statement));
    }

    /** The update count of the current result; -1 when there is none. */
    static long updateCount(Statement statement) throws SQLException {
        try {
            return statement.getLargeUpdateCount();
        } catch (SQLFeatureNotSupportedException | UnsupportedOperationException e) {
            return statement.getUpdateCount();
        }
    }
}
