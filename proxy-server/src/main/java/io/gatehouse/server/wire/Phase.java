package io.gatehouse.server.wire;

/** Where a connection is in its life; decides what a client may send. */
public enum Phase {
    /** Packets without a type byte. */
    STARTUP,
    /** A SASLInitialResponse is due. */
    SASL_INITIAL,
    /** A SASLResponse is due. */
    SASL_RESPONSE,
    /** PostgreSQL's messages. */
    PLAIN,
    /** The extension's messages. */
    EXTENDED
}
