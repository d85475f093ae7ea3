package io.gatehouse.server.kind;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Carries state through the driver's own setters only; a time zone by a statement, if at all. */
final class SetterCarrying implements Carrying {
    private final boolean hasTimeZone;

    SetterCarrying(boolean hasTimeZone) {
        this.hasTimeZone = hasTimeZone;
    }

    @Override
    public String timeZone(String zone) {
        if (!hasTimeZone) {
            return "";
        }
        try {
            return "SET TIME ZONE '" + ZoneId.of(zone, ZoneId.SHORT_IDS).getId() + "'";
        } catch (DateTimeException e) {
            // A name of PostgreSQL's own: not worth failing every statement for.
            return "";
        }
    }

    @Override
    public String pristineTimeZone() {
        return hasTimeZone ? "SET TIME ZONE LOCAL" : "";
    }
}
