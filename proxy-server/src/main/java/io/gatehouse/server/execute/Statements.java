package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.pool.Lease;

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
        if (text.direct()) {
            Statement plain =
                    connection.createStatement(
                            ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
            plain.setEscapeProcessing(text.escapes());
            return new Ready(plain, sql);
        }
        Dialect dialect = lease.kind().dialect();
        Placeholders.Rewritten rewritten = Placeholders.rewrite(dialect, sql, parameters.size());
        PreparedStatement prepared = prepare(connection, rewritten.sql(), text);
        Binder binder = new Binder(lease.kind(), prepared);
        for (int i = 0; i < rewritten.count(parameters.size()); i++) {
            binder.bind(i + 1, parameters.get(rewritten.source(i)));
        }
        return new Ready(prepared, rewritten.sql());
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
        };
    }

    static boolean execute(Statement statement, String sql, Call.Text text) throws SQLException {
        return switch (text.keys()) {
            case NONE -> statement.execute(sql);
            case ANY -> statement.execute(sql, Statement.RETURN_GENERATED_KEYS);
            case NAMED -> statement.execute(sql, text.keyColumns().toArray(String[]::new));
        };
    }

    static void executeUpdate(Statement statement, String sql, Call.Text text) throws SQLException {
        switch (text.keys()) {
            case NONE -> statement.executeUpdate(sql);
            case ANY -> statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS);
            case NAMED -> statement.executeUpdate(sql, text.keyColumns().toArray(String[]::new));
        }
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
