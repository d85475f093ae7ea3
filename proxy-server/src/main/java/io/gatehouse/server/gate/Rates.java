package io.gatehouse.server.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.policy.RateLimit;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import java.time.Duration;

/** Token buckets of the rate limits, one for each limit and subject. Thread-safe, bounded. */
final class Rates {
    private final Cache<Subject, Bucket> buckets;

    Rates(int subjects) {
        buckets = Caffeine.newBuilder().maximumSize(subjects).build();
    }

    /** Takes one statement from the limit; returns zero, or how long to wait. */
    Duration take(RateLimit limit, String user, String connection) {
        String who =
                switch (limit.scope()) {
                    case USER -> user;
                    case CONNECTION -> connection;
                    case RULE -> "";
                };
        Bucket bucket = buckets.get(new Subject(limit, who), s -> bucket(s.limit()));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Duration.ZERO
                : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    private static Bucket bucket(RateLimit limit) {
        return Bucket.builder()
                .addLimit(spec ->
                        spec.capacity(limit.statements())
                                .refillGreedy(limit.statements(), limit.per()))
                .build();
    }

    private record Subject(RateLimit limit, String who) {}
}
