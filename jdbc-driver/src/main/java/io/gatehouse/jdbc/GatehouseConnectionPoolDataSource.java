package io.gatehouse.jdbc;

import io.gatehouse.jdbc.url.ConnectOptions;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;

/**
 * A source of connections for a pool of the application's, set up as a bean. Set it up before it is
 * shared; then it is thread-safe.
 */
public final class GatehouseConnectionPoolDataSource extends SourceSettings
        implements ConnectionPoolDataSource {
    /** A source without a URL. */
    public GatehouseConnectionPoolDataSource() {
        // The setters say the rest.
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return connect(options());
    }

    @Override
    public PooledConnection getPooledConnection(String user, @Nullable String password)
            throws SQLException {
        return connect(options(user, password));
    }

    private PooledConnection connect(ConnectOptions options) throws SQLException {
        return new GatehousePooledConnection(open(options), options);
    }
}
