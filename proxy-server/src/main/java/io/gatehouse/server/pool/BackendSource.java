package io.gatehouse.server.pool;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Trouble;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

/** Opens backend connections; the only place where a password is revealed. Thread-safe. */
final class BackendSource implements DataSource {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final LogicalConnection target;
    private final LongSupplier nanoTime;
    private final ServerVersion version;
    private final Breaker breaker;
    private final Driver driver;
    private final @Nullable Loops loops;

    // Weak, because HikariCP closes connections without telling; a Backing never refers to its
    // connection.
    private final Map<Connection, Backing> backings =
            Collections.synchronizedMap(new WeakHashMap<>());
    private volatile @Nullable Failure failure;
    private final AtomicInteger borrowers = new AtomicInteger();

    /** Where the client of the last borrower is who waits; a hint, so that races do no harm. */
    private volatile @Nullable Executor wanted;

    /**
     * A connection that could not be opened.
     *
     * @param answered whether the server itself refused it
     */
    record Failure(SQLException cause, long at, boolean answered) {}

    BackendSource(
            LogicalConnection target,
            LongSupplier nanoTime,
            ServerVersion version,
            Breaker breaker,
            @Nullable Loops loops) {
        this.loops = loops;
        this.target = target;
        this.nanoTime = nanoTime;
        this.version = version;
        this.breaker = breaker;
        this.driver = driver(target.kind());
    }

    /**
     * A borrower waits for a connection to be opened, until {@link #leaves}.
     *
     * @param loop where its client is; null for nowhere
     */
    void waits(@Nullable Executor loop) {
        wanted = loop;
        borrowers.incrementAndGet();
    }

    void leaves() {
        borrowers.decrementAndGet();
    }

    /**
     * Tries again and again while somebody waits: HikariCP would do so too, but sleeps up to five
     * seconds in between, for which the pool would be down after its backend is back.
     */
    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                return tryOnce();
            } catch (SQLException e) {
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                if (borrowers.get() == 0 || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private Connection tryOnce() throws SQLException {
        long start = nanoTime.getAsLong();
        try {
            Connection connection;
            if (target.kind().hasRowTap(target.target())) {
                try (TapSocketFactory.Opening opening =
                        new TapSocketFactory.Opening(loops, wanted)) {
                    Map<String, String> sockets =
                            Map.of(
                                    "socketFactory", TapSocketFactory.class.getName(),
                                    "socketFactoryArg", opening.key());
                    connection = open(sockets);
                    backings.put(connection, backing(opening.tap(), null));
                }
            } else if (target.kind().abortWaitsForReader()) {
                try (KnownSocketFactory.Opening opening = new KnownSocketFactory.Opening()) {
                    Map<String, String> sockets =
                            Map.of(
                                    "socketFactory",
                                    KnownSocketFactory.class.getName(),
                                    KnownSocketFactory.KEY,
                                    opening.key());
                    connection = open(sockets);
                    backings.put(connection, backing(null, opening.socket()));
                }
            } else {
                connection = open(Map.of());
                backings.put(connection, backing(null, null));
            }
            failure = null;
            breaker.answered();
            if (target.kind().dialect() == Dialect.POSTGRESQL) {
                // The server said it at the login; other drivers may have to ask.
                version.learn(connection.getMetaData().getDatabaseProductVersion());
            }
            return connection;
        } catch (SQLException e) {
            long now = nanoTime.getAsLong();
            boolean unreachable = unreachable(e);
            failure = new Failure(e, now, !unreachable);
            if (unreachable) {
                breaker.failed(String.valueOf(e.getMessage()), now - start, now);
            } else {
                breaker.answered();
            }
            throw e;
        }
    }

    private boolean unreachable(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("08")
                || target.kind().trouble(state, e.getErrorCode()) == Trouble.CONNECTION_LOST;
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

    private Backing backing(@Nullable RowTap tap, @Nullable Socket socket) {
        return new Backing(target.kind(), tap, socket, nanoTime.getAsLong());
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
