package io.gatehouse.server.traffic;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** How often something was asked for, by whom, and when first and last. */
public final class Span {
    private static final int NAMED = 10;

    private final TreeSet<String> users = new TreeSet<>();
    private long count;
    private boolean more;
    private @Nullable Instant first;
    private @Nullable Instant last;

    void add(Recorded recorded) {
        count++;
        if (users.size() < NAMED) {
            users.add(recorded.asker().user());
        } else {
            more |= !users.contains(recorded.asker().user());
        }
        Instant time = recorded.time();
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
    }

    /** How many statements. */
    public long count() {
        return count;
    }

    /** Up to ten of those who asked. */
    public List<String> users() {
        return List.copyOf(users);
    }

    /** Whether there were others. */
    public boolean more() {
        return more;
    }

    public Instant first() {
        return first == null ? Instant.EPOCH : first;
    }

    public Instant last() {
        return last == null ? Instant.EPOCH : last;
    }
}
