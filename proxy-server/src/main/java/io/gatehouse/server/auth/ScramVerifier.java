package io.gatehouse.server.auth;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What a server keeps of a password for SCRAM-SHA-256 (RFC 5802, section 3): enough to check a
 * proof, not enough to make one. Immutable.
 */
public final class ScramVerifier {
    static final int ITERATIONS = 4096;
    static final int SALT_BYTES = 16;

    /** A bound on what a typing error can cost a client. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private static final Pattern TEXT =
            Pattern.compile(
                    "SCRAM-SHA-256\\$(\\d{1,8}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
        this.iterations = iterations;
        this.salt = salt;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    /**
     * Reads PostgreSQL's format: {@code SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>}.
     *
     * @throws IllegalArgumentException when it is not that; the message does not repeat the text
     */
    public static ScramVerifier parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw malformed();
        }
        int iterations = Integer.parseInt(parts.group(1));
        byte[] salt = decode(parts.group(2));
        byte[] storedKey = decode(parts.group(3));
        byte[] serverKey = decode(parts.group(4));
        if (iterations < 1
                || iterations > MOST_ITERATIONS
                || storedKey.length != Sha256.BYTES
                || serverKey.length != Sha256.BYTES) {
            throw malformed();
        }
        return new ScramVerifier(iterations, salt, storedKey, serverKey);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "not a verifier of the form"
                        + " SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>");
    }

    /**
     * Makes a verifier with a new salt.
     *
     * @param password not kept; the caller may wipe it
     */
    public static ScramVerifier of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return of(password, salt, ITERATIONS);
    }

    static ScramVerifier of(char[] password, byte[] salt, int iterations) {
        byte[] salted = salted(SaslPrep.prepare(password), salt, iterations);
        byte[] clientKey = Sha256.hmac(salted, "Client Key");
        byte[] serverKey = Sha256.hmac(salted, "Server Key");
        Arrays.fill(salted, (byte) 0);
        return new ScramVerifier(iterations, salt.clone(), Sha256.hash(clientKey), serverKey);
    }

    private static byte[] salted(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, 8 * Sha256.BYTES);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(password, '\0');
        }
    }

    int iterations() {
        return iterations;
    }

    byte[] salt() {
        return salt;
    }

    byte[] storedKey() {
        return storedKey;
    }

    byte[] serverKey() {
        return serverKey;
    }

    /** The text that {@link #parse} reads; for the users' file only. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$"
                + iterations
                + ":"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(storedKey)
                + ":"
                + base64.encodeToString(serverKey);
    }

    /** The keys would let a password be guessed offline: they are not printed. */
    @Override
    public String toString() {
        return "ScramVerifier[" + iterations + " iterations]";
    }
}
