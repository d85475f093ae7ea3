package io.gatehouse.jdbc.url;

/** How far TLS goes. */
public enum SslMode {
    /** Plain text on loopback, {@link #VERIFY_FULL} elsewhere: what holds if nothing is said. */
    AUTOMATIC("auto"),
    /** No TLS. */
    DISABLE("disable"),
    /** TLS with whatever certificate the broker shows. */
    REQUIRE("require"),
    /** TLS with a certificate of a trusted authority. */
    VERIFY_CA("verify-ca"),
    /** TLS with a certificate of a trusted authority for the very host. */
    VERIFY_FULL("verify-full");

    private final String text;

    SslMode(String text) {
        this.text = text;
    }

    /** How the property spells it. */
    public String text() {
        return text;
    }
}
