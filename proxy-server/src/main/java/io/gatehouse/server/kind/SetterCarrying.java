package io.gatehouse.server.kind;

import java.util.List;

/** Carries state through the driver's own setters only. */
final class SetterCarrying implements Carrying {
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
        return "";
    }

    @Override
    public String pristineTimeZone() {
        return "";
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
