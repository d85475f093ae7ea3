package io.gatehouse.server.kind;

/** How the broker's own connections to a backend are encrypted. */
public enum Encryption {
    /**
     * Plain text; the configuration takes it for loopback and in-process databases only, unless
     * told.
     */
    OFF,
    /** TLS, but the server's certificate is not checked. */
    REQUIRE,
    /** TLS, and the certificate must be valid for the host name. */
    VERIFY
}
