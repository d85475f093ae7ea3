package io.gatehouse.server.soak;

import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.PoolBounds;

import java.time.Duration;

/** Bounds that a busy machine alone does not exceed, so that what fails has another cause. */
final class Bounds {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** No limit for statements; a cancel that is not delivered dooms its connection late. */
    static final Timeouts TIMEOUTS = new Timeouts(Duration.ZERO, WAIT, ANSWER);

    private Bounds() {}

    static PoolSettings pool(int size) {
        return PoolBounds.of(size).patience(WAIT).connectTimeout(ANSWER).settings();
    }
}
