package io.gatehouse.server.kind;

import java.util.List;

/**
 * How session state is put on a connection. Every method gives SQL; an empty text, which is what a
 * kind says that says nothing, means that the driver's own setter does it (isolation, read-only,
 * catalog, schema) or that the kind has no such state (the others).
 */
public interface Carrying {
    /** Whether several statements may travel as one text, separated by semicolons. */
    default boolean joined() {
        return false;
    }

    default String isolation(Isolation level) {
        return "";
    }

    /** Returns the isolation level to what it was when the connection was opened. */
    default String pristineIsolation() {
        return "";
    }

    /** False returns to what it was when the connection was opened. */
    default String readOnly(boolean readOnly) {
        return "";
    }

    default String catalog(String catalog) {
        return "";
    }

    default String schema(String schema) {
        return "";
    }

    /** Returns the schema to what it was when the connection was opened. */
    default String pristineSchema() {
        return "";
    }

    default String applicationName(String name) {
        return "";
    }

    /** Returns the application's name to what it was when the connection was opened. */
    default String pristineApplicationName() {
        return "";
    }

    /**
     * @param zone an IANA id
     */
    default String timeZone(String zone) {
        return "";
    }

    /** Returns the time zone to what it was when the connection was opened. */
    default String pristineTimeZone() {
        return "";
    }

    /**
     * @param valueText SQL text of the value, as the client wrote it
     */
    default String setting(String name, String valueText) {
        return "";
    }

    /** Returns a setting to what it was when the connection was opened. */
    default String pristineSetting(String name) {
        return "";
    }

    /** Forgets the keys and sequence values that the connection gave out last. */
    default String forgetKeys() {
        return "";
    }

    /** Settings that are carried; any other pins the session to its connection. Lower case. */
    default List<String> settings() {
        return List.of();
    }
}
