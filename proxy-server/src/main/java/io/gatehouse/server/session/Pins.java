package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;

import java.util.Locale;

/** The words for pins. */
final class Pins {
    private Pins() {}

    /** The reason as the admin and the client read it, e.g. {@code temporary table}. */
    static String text(PinReason reason) {
        return reason.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
