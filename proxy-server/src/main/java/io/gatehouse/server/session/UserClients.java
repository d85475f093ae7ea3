package io.gatehouse.server.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** How many sessions each user has, and may have. Thread-safe. */
final class UserClients {
    private final ToIntFunction<String> limits;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param limits the most sessions of a user, by name
     */
    UserClients(ToIntFunction<String> limits) {
        this.limits = limits;
    }

    int limit(String user) {
        return limits.applyAsInt(user);
    }

    /** Counts one more session; false where the user has as many as it may. */
    boolean enter(String user) {
        int limit = limit(user);
        int[] before = new int[1];
        open.compute(
                user,
                (name, count) -> {
                    before[0] = count == null ? 0 : count;
                    return before[0] < limit ? Integer.valueOf(before[0] + 1) : count;
                });
        return before[0] < limit;
    }

    void leave(String user) {
        open.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    }
}
