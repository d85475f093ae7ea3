package io.gatehouse.server.kind;

/** What makes a used connection like new. */
public sealed interface Reset {
    /** One statement, outside a transaction. */
    record Statement(String sql) implements Reset {}

    /**
     * A method without arguments of the driver's own connection interface.
     *
     * @param afterwards a statement that makes up for what the driver itself had set and the method
     *     takes back
     */
    record DriverMethod(String type, String method, String afterwards) implements Reset {}

    /** Nothing does: the connection is closed. */
    record Close() implements Reset {}
}
