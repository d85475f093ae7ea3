package io.gatehouse.benchmarks;

import org.HdrHistogram.Histogram;

/**
 * What one round did.
 *
 * @param operations how many operations were answered rightly
 * @param nanos the wall clock time they took together
 * @param latencies of single operations, in nanoseconds; empty where the work has no such thing
 */
record Tally(long operations, long nanos, Histogram latencies) {
    /** A fresh histogram: up to ten minutes, three digits. */
    static Histogram histogram() {
        return new Histogram(600_000_000_000L, 3);
    }

    double perSecond() {
        return operations * 1e9 / nanos;
    }

    /** In microseconds; NaN where nothing was recorded. */
    double percentile(double percent) {
        return latencies.getTotalCount() == 0
                ? Double.NaN
                : latencies.getValueAtPercentile(percent) / 1e3;
    }
}
