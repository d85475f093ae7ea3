package io.gatehouse.jdbc;

import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * A source of connections, set up as a bean: a URL, and properties beside it. It pools nothing. Set
 * it up before it is shared; then it is thread-safe.
 */
public final class GatehouseDataSource extends SourceSettings implements DataSource {
    /** A source without a URL. */
    public GatehouseDataSource() {
        // The setters say the rest.
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(options());
    }

    @Override
    public Connection getConnection(String user, @Nullable String password) throws SQLException {
        return connect(options(user, password));
    }

    private Connection connect(ConnectOptions options) throws SQLException {
        return new GatehouseConnection(open(options), options);
    }
}
