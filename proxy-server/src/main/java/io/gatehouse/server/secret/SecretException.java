package io.gatehouse.server.secret;

/** A key or a sealed value cannot be used; the message says which and what to do, never a value. */
public final class SecretException extends Exception {
    private static final long serialVersionUID = 1L;

    SecretException(String message) {
        super(message);
    }

    SecretException(String message, Throwable cause) {
        super(message, cause);
    }

    /** No key where one is named. */
    public static SecretException missingKey(String origin) {
        return new SecretException(
                "there is no master key in "
                        + origin
                        + "; make one with bin/gatehouse secret new-key FILE and name it under"
                        + " master-key in gatehouse.yaml");
    }
}
