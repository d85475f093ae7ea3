package io.gatehouse.server.directory;

import java.time.Duration;

/**
 * The bounds of one logical connection's pool.
 *
 * @param size the most backend connections at once; 1 to 10,000
 * @param waiting the most requests that wait for one; 0 to 1,000,000
 * @param patience the longest that a request waits; above zero
 * @param connectTimeout the longest that opening a backend connection may take; above zero
 * @param maxLifetime a backend connection older than this is replaced when idle; zero for no limit
 * @param idleTimeout a backend connection idle for longer is closed; zero keeps it
 */
public record PoolSettings(
        int size,
        int waiting,
        Duration patience,
        Duration connectTimeout,
        Duration maxLifetime,
        Duration idleTimeout) {
    /** What holds where the configuration says nothing. */
    public static final PoolSettings DEFAULT =
            new PoolSettings(
                    10,
                    1_000,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10));

    /** The same with another number of backend connections. */
    public PoolSettings withSize(int other) {
        return new PoolSettings(other, waiting, patience, connectTimeout, maxLifetime, idleTimeout);
    }

    /** The same with another longest wait. */
    public PoolSettings withPatience(Duration other) {
        return new PoolSettings(size, waiting, other, connectTimeout, maxLifetime, idleTimeout);
    }

    /** The same with another number of waiting requests. */
    public PoolSettings withWaiting(int other) {
        return new PoolSettings(size, other, patience, connectTimeout, maxLifetime, idleTimeout);
    }
}
