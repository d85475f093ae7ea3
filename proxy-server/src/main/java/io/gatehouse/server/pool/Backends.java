package io.gatehouse.server.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.kind.Trouble;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The HikariCP pool of one logical connection. Whoever calls has a permit, so that nobody waits in
 * here for another borrower, only for a connection to be opened.
 */
final class Backends {
    /** A server that refused a login is not asked again for this long. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** HikariCP's shortest wait; how soon a failed connect is noticed. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    private static final int VALIDATION_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    private final LogicalConnection target;
    private final LongSupplier nanoTime;
    private final Breaker breaker;
    private final BackendSource source;
    private final HikariDataSource hikari;
    private final long patience;
    private final Suspicion suspicion;

    /**
     * @param handle what HikariCP gave
     * @param raw the driver's own connection: leases use it directly, because HikariCP's proxy
     *     would undo on return, in round trips, what carried state keeps
     */
    record Borrowed(Connection handle, Connection raw, Backing backing) {}

    Backends(LogicalConnection target, Threads threads, ServerVersion version) {
        this.target = target;
        this.nanoTime = threads.nanoTime();
        this.breaker = new Breaker(target.name());
        this.source = new BackendSource(target, nanoTime, version, breaker, threads.loops());
        this.hikari = new HikariDataSource();
        this.suspicion = new Suspicion(nanoTime);
        // Twice: a connect that was under way may have to end before ours begins.
        this.patience = target.pool().connectTimeout().multipliedBy(2).toNanos();
        configure(hikari, threads.timer());
    }

    private void configure(HikariConfig config, ScheduledExecutorService timer) {
        PoolSettings settings = target.pool();
        config.setPoolName("gatehouse-" + target.name());
        config.setDataSource(source);
        config.setScheduledExecutor(timer);
        config.setMaximumPoolSize(settings.size());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(GLANCE.toMillis());
        // Also how long HikariCP waits for what it asks a new connection, however far the server.
        config.setValidationTimeout(settings.connectTimeout().toMillis());
        config.setIdleTimeout(settings.idleTimeout().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setRegisterMbeans(false);
    }

    /**
     * Blocks until a connection is open, at most the configured connect timeout.
     *
     * @param loop where the borrower's client is: one that is opened has its socket there; null for
     *     anywhere
     */
    Borrowed borrow(@Nullable Executor loop) throws Refusal {
        long start = nanoTime.getAsLong();
        PoolFigures.Circuit open = breaker.ask(start, patience);
        if (open != null && idle() == 0) {
            throw refusal(open);
        }
        BackendSource.Failure old = source.failure();
        if (old != null && old.answered() && idle() == 0 && start - old.at() < PAUSE.toNanos()) {
            throw refusal(old.cause());
        }
        source.waits(loop);
        try {
            return borrowFrom(start);
        } finally {
            source.leaves();
        }
    }

    private Borrowed borrowFrom(long start) throws Refusal {
        while (true) {
            try {
                Connection handle = hikari.getConnection();
                Connection raw = handle.unwrap(Connection.class);
                Borrowed borrowed = new Borrowed(handle, raw, source.backing(raw));
                if (!suspicion.suspects(borrowed.backing()) || raw.isValid(VALIDATION_SECONDS)) {
                    breaker.connected();
                    return borrowed;
                }
                hikari.evictConnection(handle);
            } catch (SQLTransientConnectionException e) {
                BackendSource.Failure failure = source.failure();
                if (failure != null && failure.at() - start >= 0) {
                    throw refusal(failure.cause());
                }
                long now = nanoTime.getAsLong();
                if (now - start > patience) {
                    breaker.failed("it does not answer", now - start, now);
                    throw refusal(e);
                }
            } catch (SQLException e) {
                throw refusal(e);
            }
        }
    }

    private Refusal refusal(PoolFigures.Circuit open) {
        return new Refusal(
                Faults.circuitOpen(
                        target.name(),
                        Duration.ofNanos(open.sinceNanos()),
                        Duration.ofNanos(open.probeNanos()),
                        open.why()));
    }

    private Refusal refusal(SQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String message = cause.getMessage() == null ? "no reason given" : cause.getMessage();
        String why = message;
        if (target.kind().trouble(state, cause.getErrorCode()) == Trouble.BACKEND_FULL) {
            why = "it has no free connection slot (" + message + ")";
        } else if (state.startsWith("28")) {
            // Its text names the broker's user there, which is none of a client's business.
            LOG.error("the login of the broker at \"{}\" failed: {}", target.name(), message);
            why = "it refused the broker's own login";
        }
        return new Refusal(Faults.backendUnavailable(target.name(), why));
    }

    /**
     * A connection that was not given back meanwhile, or another where it is dead; may block like
     * {@link #borrow}.
     */
    Borrowed again(Borrowed kept, @Nullable Executor loop) throws Refusal {
        try {
            if (!suspicion.suspects(kept.backing()) || kept.raw().isValid(VALIDATION_SECONDS)) {
                return kept;
            }
        } catch (SQLException e) {
            LOG.debug("a connection that was kept cannot be asked", e);
        }
        discard(kept);
        return borrow(loop);
    }

    /** Whether none is idle, and none could be opened when that was tried last. */
    boolean exhausted() {
        return source.failure() != null && idle() == 0;
    }

    /** The connection has done its work. */
    void worked(Borrowed backend) {
        suspicion.answered(backend.backing());
        breaker.works();
    }

    void giveBack(Borrowed backend) {
        try {
            backend.handle().close();
        } catch (SQLException e) {
            hikari.evictConnection(backend.handle());
        }
    }

    /** Closes the connection; another may be opened in its place. */
    void discard(Borrowed backend) {
        hikari.evictConnection(backend.handle());
    }

    /** A connection that was open broke, by no doing of the broker. */
    void lost() {
        breaker.lost(nanoTime.getAsLong());
        suspect();
    }

    /** A connection broke: those that were idle then are asked before they are used. */
    void suspect() {
        suspicion.raise();
    }

    /** Whether the backend can be reached, as far as is known. */
    PoolFigures.Circuit circuit(long now) {
        return breaker.figures(now);
    }

    int idle() {
        @Nullable HikariPoolMXBean figures = hikari.getHikariPoolMXBean();
        return figures == null ? 0 : figures.getIdleConnections();
    }

    void close() {
        hikari.close();
    }
}
