package io.gatehouse.server.gate;

/** Makes codes that only this broker, or a fleet with the same key, can make. Thread-safe. */
@FunctionalInterface
public interface Signer {
    /** The code of a text: the same text always has the same one. */
    byte[] sign(String text);
}
