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
 * @param keepForOwner for how long a backend connection is kept for a session that may ask for what
 *     its statement left there, while nobody else needs it; zero for not at all
 * @param perUser what one user may have of it
 * @param slow what slow statements may have of it
 */
public record PoolSettings(
        int size,
        int waiting,
        Duration patience,
        Duration connectTimeout,
        Duration maxLifetime,
        Duration idleTimeout,
        Duration keepForOwner,
        PerUser perUser,
        Slow slow) {
    /** What holds where the configuration says nothing. */
    public static final PoolSettings DEFAULT =
            new PoolSettings(
                    10,
                    1_000,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(1),
                    PerUser.DEFAULT,
                    Slow.DEFAULT);

    /**
     * What one user may have of a pool.
     *
     * @param connections backend connections at once; 0 for as many as the pool has
     * @param waiting requests that wait; 0 for as many as may wait altogether
     */
    public record PerUser(int connections, int waiting) {
        /** No bounds but the pool's own: users only take turns. */
        public static final PerUser DEFAULT = new PerUser(0, 0);
    }

    /**
     * What slow statements may have of a pool.
     *
     * @param connections backend connections at once; 0 for all but a quarter of the pool
     * @param after a statement that takes longer is slow; above zero
     */
    public record Slow(int connections, Duration after) {
        /** All but a quarter of the pool, for what takes a second or more. */
        public static final Slow DEFAULT = new Slow(0, Duration.ofSeconds(1));
    }

    /** The most backend connections of one user at once; 1 to {@link #size}. */
    public int connectionsPerUser() {
        return perUser.connections() == 0 ? size : Math.min(size, perUser.connections());
    }

    /** The most requests of one user that wait. */
    public int waitingPerUser() {
        return perUser.waiting() == 0 ? waiting : Math.min(waiting, perUser.waiting());
    }

    /** The most backend connections with slow statements at once; 1 to {@link #size}. */
    public int slowConnections() {
        return slow.connections() == 0
                ? Math.max(1, size - Math.max(1, size / 4))
                : Math.min(size, slow.connections());
    }
}
