package io.gatehouse.jdbc.session;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a connection: those known, and those that ride with the next request. */
final class Settings {
    private final Map<String, @Nullable String> known = new HashMap<>();
    private final Map<String, @Nullable String> riding = new LinkedHashMap<>();
    private final Map<String, @Nullable String> wanted = new LinkedHashMap<>();

    /** Remembers a setting; it is sent with the next request if it is new. */
    void set(String name, @Nullable String value) {
        if (known.containsKey(name) && java.util.Objects.equals(known.get(name), value)) {
            return;
        }
        known.put(name, value);
        riding.put(name, value);
        wanted.put(name, value);
    }

    /** What the application set, null if it did not or nobody knows. */
    @Nullable String get(String name) {
        return known.get(name);
    }

    /** Takes what is to ride now; empty for nothing. */
    Map<String, @Nullable String> take() {
        if (riding.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable String> taken = new LinkedHashMap<>(riding);
        riding.clear();
        return taken;
    }

    /** Another broker knows nothing yet: all that was ever set rides with the next request. */
    void again() {
        riding.putAll(wanted);
        riding.remove(Session.AUTOCOMMIT, "true");
    }

    /**
     * After a failure of the request with which they rode: what holds now, only the broker knows.
     */
    void doubt(Map<String, @Nullable String> rode) {
        for (String name : rode.keySet()) {
            if (!riding.containsKey(name) && !name.equals(Session.AUTOCOMMIT)) {
                known.remove(name);
            }
        }
    }
}
