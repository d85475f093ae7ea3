package io.gatehouse.server.pool;

import java.util.concurrent.atomic.LongAdder;

/** What has come of a pool's borrowers since its start. Thread-safe. */
final class Tally {
    private final LongAdder borrowed = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    /** One got its lease. */
    void served() {
        borrowed.increment();
    }

    /** One was refused at once. */
    void refused() {
        refusals.increment();
    }

    /** One waited in vain. */
    void timedOut(long nanos) {
        timeouts.increment();
        waited(nanos);
    }

    /** One waited that long. */
    void waited(long nanos) {
        waitedNanos.add(nanos);
    }

    long borrowed() {
        return borrowed.sum();
    }

    long refusals() {
        return refusals.sum();
    }

    long timeouts() {
        return timeouts.sum();
    }

    long waitedNanos() {
        return waitedNanos.sum();
    }
}
