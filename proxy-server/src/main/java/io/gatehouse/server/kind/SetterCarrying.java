package io.gatehouse.server.kind;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** Carries state through the driver's own setters only; a time zone by a statement, if at all. */
final class SetterCarrying implements Carrying {
    private final boolean hasTimeZone;

    SetterCarrying(boolean hasTimeZone) {
        this.hasTimeZone = hasTimeZone;
    }

    @Override
    public boolean joined() {
        return false;
    }

    @Override
    public String isolation(Isolation level) {
        return "";
    }

    @Override
    public String pristineIsolation() {
        return "";
    }

    @Override
    public String readOnly(boolean readOnly) {
        return "";
    }

    @Override
    public String catalog(String catalog) {
        return "";
    }

    @Override
    public String schema(String schema) {
        return "";
    }

    @Override
    public String pristineSchema() {
        return "";
    }

    @Override
    public String applicationName(String name) {
        return "";
    }

    @Override
    public String pristineApplicationName() {
        return "";
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

    @Override
    public String setting(String name, String valueText) {
        return "";
    }

    @Override
    public String pristineSetting(String name) {
        return "";
    }

    @Override
    public String forgetKeys() {
        return "";
    }

    @Override
    public List<String> settings() {
        return List.of();
    }
}
