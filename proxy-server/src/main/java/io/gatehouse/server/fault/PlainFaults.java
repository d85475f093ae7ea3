package io.gatehouse.server.fault;

import java.util.Map;

/**
 * The part of the catalogue for what PostgreSQL itself refuses, where the broker stands in its
 * place: with its SQLSTATEs, and its words where clients know them. One factory each.
 */
public final class PlainFaults {
    private PlainFaults() {}

    public static Fault unsupportedProtocol(int major, int minor) {
        return Fault.of(
                "0A000",
                "unsupported frontend protocol " + major + "." + minor + ": the broker speaks 3.0",
                "Use a client that speaks PostgreSQL's protocol 3.0.");
    }

    public static Fault malformedScram() {
        return Fault.of("08P01", "malformed SCRAM message", "Check the client's SCRAM support.");
    }

    public static Fault noUser() {
        return Fault.of(
                "28000", "no user name in the start-up packet", "Name a user when connecting.");
    }

    public static Fault unsupportedEncoding(String encoding) {
        return Fault.of(
                "22023",
                "client_encoding \"" + encoding + "\" is not supported",
                "Set client_encoding to UTF8.");
    }

    public static Fault unknownStartupParameter(String name) {
        return Fault.of(
                "42704",
                "unrecognized start-up parameter \"" + name + "\"",
                "Leave it out, or set it with a statement after the login.");
    }

    public static Fault fixedParameter(String name) {
        return Fault.of("55P02", "parameter \"" + name + "\" cannot be changed", "");
    }

    /**
     * @param hint what value would do; empty for nothing to say
     */
    public static Fault invalidSetting(String name, String value, String hint) {
        return Fault.of(
                "22023", "invalid value for parameter \"" + name + "\": \"" + value + "\"", hint);
    }

    public static Fault severalCommands() {
        return Fault.of(
                "42601",
                "cannot insert multiple commands into a prepared statement",
                "Send them one by one, or as a simple query.");
    }

    public static Fault statementExists(String name) {
        return Fault.of("42P05", "prepared statement \"" + name + "\" already exists", "");
    }

    public static Fault portalExists(String name) {
        return Fault.of("42P03", "cursor \"" + name + "\" already exists", "");
    }

    public static Fault portalEnded(String name) {
        return Fault.of("55000", "portal \"" + name + "\" cannot be run", "");
    }

    /**
     * @param what statements or portals
     */
    public static Fault tooManyNames(String what, int limit, long bytes) {
        return Fault.of(
                "53000",
                "a session may have "
                        + limit
                        + " "
                        + what
                        + ", and "
                        + bytes
                        + " bytes of statements and portals",
                "Close those that are no longer used.");
    }

    public static Fault noCopy() {
        return Fault.of(
                "0A000",
                "COPY is not supported over this kind of connection",
                "Use INSERT with many rows, or SELECT.");
    }

    /**
     * @param detail what the backend or the policy said to it
     */
    public static Fault noCatalog(String kind, String detail) {
        return new Fault(
                FaultClass.FEATURE_NOT_SUPPORTED,
                "0A000",
                0,
                "a database of kind " + kind + " has no pg_catalog",
                "psql's \\d commands and metadata of PostgreSQL's drivers work with PostgreSQL"
                        + " only; ask the database's own catalog instead.",
                Map.of('D', detail),
                null);
    }

    public static Fault onlyInTransaction(String what) {
        return Fault.of(
                "25P01",
                what + " can only be used in transaction blocks",
                "Begin a transaction first.");
    }

    public static Fault lateModes() {
        return Fault.of(
                "25001",
                "transaction modes must be set before any statement of the transaction",
                "Send BEGIN first.");
    }
}
