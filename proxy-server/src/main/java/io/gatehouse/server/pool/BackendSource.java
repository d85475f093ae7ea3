package io.gatehouse.server.pool;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.kind.Kind;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

/** Opens backend connections; the only place where a password is revealed. Thread-safe. */
final class BackendSource implements DataSource {
    private final LogicalConnection target;
    private final LongSupplier nanoTime;
    private final ServerVersion version;
    private final Driver driver;

    // Weak, because HikariCP closes connections without telling; a Backing never refers to its
    // connection.
    private final Map<Connection, Backing> backings =
            Collections.synchronizedMap(new WeakHashMap<>());
    private volatile @Nullable Failure failure;

    /** A connection that could not be opened. */
    record Failure(SQLException cause, long at) {}

    BackendSource(LogicalConnection target, LongSupplier nanoTime, ServerVersion version) {
        this.target = target;
        this.nanoTime = nanoTime;
        this.version = version;
        this.driver = driver(target.kind());
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Connection connection;
            if (target.kind().hasRowTap(target.target())) {
                try (TapSocketFactory.Opening opening = new TapSocketFactory.Opening()) {
                    Map<String, String> sockets =
                            Map.of(
                                    "socketFactory", TapSocketFactory.class.getName(),
                                    "socketFactoryArg", opening.key());
                    connection = open(sockets);
                    backings.put(connection, new Backing(target.kind(), opening.tap()));
                }
            } else {
                connection = open(Map.of());
                backings.put(connection, new Backing(target.kind(), null));
            }
            failure = null;
            if (target.kind().dialect() == Dialect.POSTGRESQL) {
                // The server said it at the login; other drivers may have to ask.
                version.learn(connection.getMetaData().getDatabaseProductVersion());
            }
            return connection;
        } catch (SQLException e) {
            failure = new Failure(e, nanoTime.getAsLong());
            throw e;
        }
    }

    private Connection open(Map<String, String> more) throws SQLException {
        Kind kind = target.kind();
        Properties properties = new Properties();
        properties.putAll(kind.properties(target.target(), target.pool().connectTimeout()));
        properties.putAll(more);
        if (kind.hasCredentials()) {
            char[] password = target.password().reveal();
            properties.setProperty("user", target.backendUser());
            properties.setProperty("password", new String(password));
            Arrays.fill(password, '\0');
        }
        Connection connection = driver.connect(kind.url(target.target()), properties);
        if (connection == null) {
            throw new SQLNonTransientConnectionException(
                    "the driver of " + kind.name() + " does not take its URL", "08001");
        }
        return connection;
    }

    /** What is known about a connection of this source. */
    Backing backing(Connection connection) {
        Backing found = backings.get(connection);
        if (found == null) {
            throw new IllegalStateException("not a connection of this source");
        }
        return found;
    }

    /** The last failure, when no connection was opened since. */
    @Nullable Failure failure() {
        return failure;
    }

    private static Driver driver(Kind kind) {
        try {
            return Class.forName(kind.driverClass())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(
                    "the driver of " + kind.name() + " is missing: " + kind.driverClass(), e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("credentials come from the directory", "0A000");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("there is no log writer", "0A000");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // HikariCP passes its own timeout on; ours is among the driver's properties.
    }

    @Override
    public int getLoginTimeout() {
        // How long HikariCP waits at its end for a connect that is under way.
        return (int) Math.max(1, target.pool().connectTimeout().toSeconds());
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("there is no parent logger", "0A000");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException("nothing is wrapped here", "0A000");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    @Override
    public String toString() {
        return "BackendSource[" + target.name() + "]";
    }
}
