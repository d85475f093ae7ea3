package io.gatehouse.server.directory;

import java.time.Duration;

/**
 * How long work on a logical connection may take.
 *
 * @param statement the longest that one statement may run; zero for no limit
 * @param idleInTransaction a transaction idle for longer is rolled back; zero for no limit
 * @param cancelGrace how long a cancelled statement may take to end before its backend connection
 *     is closed; above zero
 */
public record Timeouts(Duration statement, Duration idleInTransaction, Duration cancelGrace) {
    /** What holds where the configuration says nothing. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(5));
}
