package io.gatehouse.server.pool;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads on which JDBC blocks. There are never more busy ones than leases, cancels and closings
 * under way, so that their number needs no bound of its own.
 */
final class Workers {
    private static final Duration KEPT_IDLE = Duration.ofMinutes(1);

    private Workers() {}

    /** Platform threads; idle ones are kept for a while, so that a hand-over only wakes one. */
    static ExecutorService platform() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEPT_IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("gatehouse-worker-", 1).factory());
    }
}
