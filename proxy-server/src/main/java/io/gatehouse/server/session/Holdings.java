package io.gatehouse.server.session;

import io.gatehouse.server.wire.Backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a session has that its driver does not know by itself: what could not be taken along to
 * another broker (pins, and what statements set), and a zone that was set. Owned by the event loop.
 */
final class Holdings {
    private final SessionState state;
    private final Supplier<Set<String>> pins;
    private String told = "";
    private String toldZone = "";

    Holdings(SessionState state, Supplier<Set<String>> pins) {
        this.state = state;
        this.pins = pins;
    }

    /** The messages that tell what is not what was told last. */
    List<Backend> news() {
        List<Backend> news = new ArrayList<>(0);
        holds().ifPresent(news::add);
        String zone = ServerParameters.zoneSet(state.carried());
        if (!zone.equals(toldZone)) {
            toldZone = zone;
            news.add(new Backend.ParameterStatus("gatehouse.timezone", zone));
        }
        return news;
    }

    private Optional<Backend> holds() {
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
