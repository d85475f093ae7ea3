package io.gatehouse.server.boot;

/** A command cannot go on; the message says why and what to do, for people. */
final class BootException extends Exception {
    private static final long serialVersionUID = 1L;

    BootException(String message) {
        super(message);
    }

    BootException(String message, Throwable cause) {
        super(message, cause);
    }
}
