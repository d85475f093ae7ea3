package io.gatehouse.server.session;

import io.gatehouse.server.wire.Backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a session has that its driver could not take along to another broker: pins, and what
 * statements set. Owned by the event loop.
 */
final class Holdings {
    private final SessionState state;
    private final Supplier<Set<String>> pins;
    private String told = "";

    Holdings(SessionState state, Supplier<Set<String>> pins) {
        this.state = state;
        this.pins = pins;
    }

    /** The message that tells them, where they are not what was told last. */
    Optional<Backend> news() {
        Set<String> pinned = pins.get();
        // Asked after every statement, and hardly ever with anything to tell.
        if (pinned.isEmpty() && !state.carriesMore() && told.isEmpty()) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(pinned.stream().sorted().toList());
        if (state.carriesMore()) {
            all.add("settings made by statements");
        }
        String now = String.join(", ", all);
        if (now.equals(told)) {
            return Optional.empty();
        }
        told = now;
        return Optional.of(new Backend.ParameterStatus("gatehouse.holds", now));
    }
}
