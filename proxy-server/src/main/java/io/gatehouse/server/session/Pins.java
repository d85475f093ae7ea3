package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.fault.Fault;

import java.util.Locale;

/** The words for pins. */
final class Pins {
    private Pins() {}

    /** The reason as the admin and the client read it, e.g. {@code temporary table}. */
    static String text(PinReason reason) {
        return reason.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** Told once, when a session is pinned. */
    static Fault warning(String reason) {
        return Fault.of(
                "01000",
                "this session keeps its backend connection from now on: " + reason,
                "Close the session when it is no longer needed.");
    }
}
