package io.gatehouse.server.kind;

import io.gatehouse.policy.fact.Dialect;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of database. Immutable and thread-safe. A new kind is one more implementation and one more
 * line in {@link Kinds}.
 */
public interface Kind {
    /** The name in configuration files and on the wire, e.g. {@code postgresql}. */
    String name();

    /** The dialect that the policy reads its statements in. */
    Dialect dialect();

    /** The port when none is configured; 0 where a kind has no server of its own. */
    int defaultPort();

    /** The class of the JDBC driver. */
    String driverClass();

    /** The JDBC URL; never holds credentials. */
    String url(Target target);

    /**
     * The driver's properties: security and caching defaults of this broker, TLS, and last the
     * endpoint's own. Never holds credentials.
     *
     * @param connectTimeout the longest that opening a connection may take; above zero
     */
    Map<String, String> properties(Target target, Duration connectTimeout);

    /** Whether the driver is given a user and a password. */
    boolean hasCredentials();

    /** How a large result is read in bounded memory. */
    Streaming streaming();

    /**
     * Whether rows can be taken off the driver's socket, as PostgreSQL's messages, before the
     * driver stores them.
     */
    boolean hasRowTap(Target target);

    /**
     * Whether aborting a connection waits for whoever reads from it, which is for ever where the
     * server is silent. Its socket is then one of the broker's, and closed first.
     */
    boolean abortWaitsForReader();

    /** What makes a used connection like new. */
    Reset reset();

    /** Whether the state that pins a session to its connection is still there. */
    Remains remains();

    /** How session state is carried from one connection to the next. */
    Carrying carrying();

    /** How it takes part in transactions over several databases; empty where it does not. */
    Optional<TwoPhase> twoPhase();

    /** Whether a failed statement leaves its transaction good for nothing but a rollback. */
    boolean errorAbortsTransaction();

    /** SQLSTATEs after which the whole transaction may be tried again. */
    Set<String> retryableStates();

    /** Whether every field of a column's description is known without asking the backend again. */
    boolean columnDetailIsFree();

    /**
     * What an error of the backend or its driver means for the connection.
     *
     * @param sqlState empty where there is none
     * @param vendorCode 0 where there is none
     */
    Trouble trouble(String sqlState, int vendorCode);
}
