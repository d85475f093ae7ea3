package io.gatehouse.server.fault;

/** The part of the catalogue that stops nothing. One factory each. */
public final class Warnings {
    private Warnings() {}

    public static Fault pinned(String reason) {
        return Fault.of(
                "01000",
                "this session keeps its backend connection from now on: " + reason,
                "Close the session when it is no longer needed.");
    }

    public static Fault alreadyInTransaction() {
        return Fault.of("25001", "there is already a transaction in progress", "");
    }

    public static Fault noTransaction() {
        return Fault.of("25P01", "there is no transaction in progress", "");
    }
}
