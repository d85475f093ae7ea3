package io.gatehouse.server.pool;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which statements are slow, by fingerprint. Only those are kept, so that quick ones cost
 * nothing here. Thread-safe.
 */
final class Slowness {
    private static final int MOST = 1_000;

    /** How much of the average one more run makes up. */
    private static final double WEIGHT = 0.25;

    private final long threshold;
    private final Map<String, Double> averages = new LinkedHashMap<>(16, 0.75f, true);
    private volatile boolean any;

    /**
     * @param threshold nanoseconds; what takes longer on average is slow
     */
    Slowness(long threshold) {
        this.threshold = threshold;
    }

    boolean isSlow(String fingerprint) {
        if (!any || fingerprint.isEmpty()) {
            return false;
        }
        synchronized (averages) {
            return averages.get(fingerprint) != null;
        }
    }

    /** A statement took that long; one that is not known as slow was quick so far, or is new. */
    void took(String fingerprint, long nanos) {
        if (fingerprint.isEmpty() || (!any && nanos < threshold)) {
            return;
        }
        synchronized (averages) {
            Double before = averages.get(fingerprint);
            double average = before == null ? nanos : before + (nanos - before) * WEIGHT;
            if (average < threshold) {
                averages.remove(fingerprint);
            } else {
                averages.put(fingerprint, average);
                if (averages.size() > MOST) {
                    // The one that was asked for longest ago.
                    averages.remove(averages.keySet().iterator().next());
                }
            }
            any = !averages.isEmpty();
        }
    }

    int known() {
        synchronized (averages) {
            return averages.size();
        }
    }
}
