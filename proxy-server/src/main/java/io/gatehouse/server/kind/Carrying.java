package io.gatehouse.server.kind;

import java.util.List;

/**
 * How session state is put on a connection. Every method gives SQL; an empty text means that the
 * driver's own setter does it (isolation, read-only, catalog, schema) or that the kind has no such
 * state (the others).
 */
public interface Carrying {
    /** Whether several statements may travel as one text, separated by semicolons. */
    boolean joined();

    String isolation(Isolation level);

    /** Returns the isolation level to what it was when the connection was opened. */
    String pristineIsolation();

    /** False returns to what it was when the connection was opened. */
    String readOnly(boolean readOnly);

    String catalog(String catalog);

    String schema(String schema);

    /** Returns the schema to what it was when the connection was opened. */
    String pristineSchema();

    String applicationName(String name);

    /** Returns the application's name to what it was when the connection was opened. */
    String pristineApplicationName();

    /**
     * @param zone an IANA id
     */
    String timeZone(String zone);

    /** Returns the time zone to what it was when the connection was opened. */
    String pristineTimeZone();

    /**
     * @param valueText SQL text of the value, as the client wrote it
     */
    String setting(String name, String valueText);

    /** Returns a setting to what it was when the connection was opened. */
    String pristineSetting(String name);

    /** Forgets the keys and sequence values that the connection gave out last. */
    String forgetKeys();

    /** Settings that are carried; any other pins the session to its connection. Lower case. */
    List<String> settings();
}
