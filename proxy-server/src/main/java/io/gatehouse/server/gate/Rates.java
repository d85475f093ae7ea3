package io.gatehouse.server.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.policy.RateLimit;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.policy.rule.Quota;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.PolicyFaults;
import io.github.bucket4j.Bucket;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What limits have left, one account for each limit and subject. Thread-safe; the accounts of time
 * windows are bounded in number, those of running statements by what runs.
 */
final class Rates {
    private final Cache<Subject, Bucket> buckets;
    private final Map<Subject, Long> running = new ConcurrentHashMap<>();

    private record Subject(RateLimit limit, String who) {
        /** Of texts, which remember theirs: it is asked for with every statement. */
        @Override
        public int hashCode() {
            return 31 * limit.rule().hashCode() + who.hashCode();
        }
    }

    /** A limit that is used up. */
    record Reached(RateLimit limit, Fault fault) {}

    /** Either what was taken, or the limit that is reached. */
    record Taken(Tab tab, @Nullable Reached reached) {}

    Rates(int subjects) {
        buckets = Caffeine.newBuilder().maximumSize(subjects).build();
    }

    /** Takes one statement from every limit, or nothing of what can be given back. */
    Taken take(List<RateLimit> limits, Asker asker) {
        if (limits.isEmpty()) {
            return new Taken(Tab.NONE, null);
        }
        List<Subject> occupied = new ArrayList<>();
        List<Subject> charged = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            RateLimit limit = limits.get(i);
            Subject subject = new Subject(limit, who(limit, asker));
            Fault fault = take(subject);
            if (fault != null) {
                occupied.forEach(this::leave);
                return new Taken(Tab.NONE, new Reached(limit, fault));
            }
            switch (limit.quota().measure()) {
                case CONCURRENT -> occupied.add(subject);
                case ROWS, BYTES -> charged.add(subject);
                case STATEMENTS -> {}
            }
        }
        boolean open = !occupied.isEmpty() || !charged.isEmpty();
        Tab tab =
                open ? new Tab((rows, bytes) -> settle(occupied, charged, rows, bytes)) : Tab.NONE;
        return new Taken(tab, null);
    }

    private static String who(RateLimit limit, Asker asker) {
        return switch (limit.quota().scope()) {
            case USER -> asker.user();
            case GROUP -> limit.group();
            case CONNECTION -> asker.connection();
            case RULE -> "";
        };
    }

    private @Nullable Fault take(Subject subject) {
        RateLimit limit = subject.limit();
        return switch (limit.quota().measure()) {
            case STATEMENTS -> {
                var probe = bucket(subject).tryConsumeAndReturnRemaining(1);
                yield probe.isConsumed()
                        ? null
                        : reached("statements", limit, probe.getNanosToWaitForRefill());
            }
            // What a statement brings is known at its end; until the debt is paid there is no next.
            case ROWS -> ability(subject, "rows");
            case BYTES -> ability(subject, "bytes");
            case CONCURRENT -> enter(subject);
        };
    }

    private @Nullable Fault ability(Subject subject, String what) {
        var probe = bucket(subject).estimateAbilityToConsume(1);
        return probe.canBeConsumed()
                ? null
                : reached(what, subject.limit(), probe.getNanosToWaitForRefill());
    }

    private static Fault reached(String what, RateLimit limit, long nanos) {
        return PolicyFaults.rateLimited(what, limit.rule(), Duration.ofNanos(nanos));
    }

    private @Nullable Fault enter(Subject subject) {
        long most = subject.limit().quota().amount();
        long[] now = {0};
        running.compute(
                subject,
                (s, count) -> {
                    long before = count == null ? 0 : count;
                    now[0] = before + 1;
                    return before < most ? Long.valueOf(before + 1) : count;
                });
        return now[0] <= most ? null : PolicyFaults.tooManyAtOnce(subject.limit().rule(), most);
    }

    private void leave(Subject subject) {
        running.computeIfPresent(subject, (s, count) -> count > 1 ? count - 1 : null);
    }

    private void settle(List<Subject> occupied, List<Subject> charged, long rows, long bytes) {
        occupied.forEach(this::leave);
        for (Subject subject : charged) {
            long used = subject.limit().quota().measure() == Quota.Measure.ROWS ? rows : bytes;
            if (used > 0) {
                bucket(subject).consumeIgnoringRateLimits(used);
            }
        }
    }

    private Bucket bucket(Subject subject) {
        return buckets.get(subject, s -> bucket(s.limit().quota()));
    }

    private static Bucket bucket(Quota quota) {
        return Bucket.builder()
                .addLimit(spec ->
                        spec.capacity(quota.amount()).refillGreedy(quota.amount(), quota.per()))
                .build();
    }
}
