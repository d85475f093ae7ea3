package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;

/** The client's side of one SCRAM-SHA-256 exchange (RFC 5802, RFC 7677). Used once. */
final class Scram {
    static final String MECHANISM = "SCRAM-SHA-256";

    private static final String GS2 = "n,,";
    private static final int MIN_ITERATIONS = 4096;
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String sentName;
    private final String user;
    private final String password;
    private final String nonce;
    private byte @Nullable [] serverSignature;
    private boolean serverProven;

    Scram(String user, String password) {
        // PostgreSQL's servers take the user from the start-up message; the name here may be empty.
        this("", user, password, newNonce());
    }

    Scram(String sentName, String user, String password, String nonce) {
        this.sentName = sentName;
        this.user = user;
        this.password = password;
        this.nonce = nonce;
    }

    private static String newNonce() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    byte[] first() {
        return (GS2 + firstBare()).getBytes(StandardCharsets.UTF_8);
    }

    private String firstBare() {
        return "n=" + sentName.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    byte[] answer(byte[] serverFirst) throws SQLException {
        String challenge = new String(serverFirst, StandardCharsets.UTF_8);
        String[] parts = challenge.split(",");
        if (serverSignature != null
                || parts.length < 3
                || !parts[0].startsWith("r=" + nonce)
                || parts[0].length() == nonce.length() + 2
                || !parts[1].startsWith("s=")
                || !parts[2].startsWith("i=")) {
            throw malformed(null);
        }
        byte[] salt = decode(parts[1].substring(2));
        int iterations = iterations(parts[2].substring(2));
        ScramKeys keys = ScramKeys.of(user, password, salt, iterations);
        String finalBare =
                "c="
                        + Base64.getEncoder().encodeToString(GS2.getBytes(StandardCharsets.UTF_8))
                        + ","
                        + parts[0];
        byte[] auth =
                (firstBare() + "," + challenge + "," + finalBare).getBytes(StandardCharsets.UTF_8);
        serverSignature = keys.serverSignature(auth);
        String proof = Base64.getEncoder().encodeToString(keys.proof(auth));
        return (finalBare + ",p=" + proof).getBytes(StandardCharsets.UTF_8);
    }

    void finish(byte[] serverFinal) throws SQLException {
        String text = new String(serverFinal, StandardCharsets.UTF_8);
        if (serverSignature == null || !text.startsWith("v=")) {
            throw malformed(null);
        }
        byte[] signature = decode(text.substring(2).split(",")[0]);
        if (!MessageDigest.isEqual(signature, serverSignature)) {
            throw Faults.refused("28000", "The server could not prove that it knows the user.");
        }
        serverProven = true;
    }

    /** Whether the server has shown that it knows the password's verifier. */
    boolean isServerProven() {
        return serverProven;
    }

    private static int iterations(String text) throws SQLException {
        try {
            int iterations = Integer.parseInt(text);
            if (iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS) {
                return iterations;
            }
        } catch (NumberFormatException e) {
            throw malformed(e);
        }
        throw malformed(null);
    }

    private static byte[] decode(String base64) throws SQLException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static SQLException malformed(@Nullable Exception cause) {
        SQLException e = Faults.refused("28000", "The server's SCRAM message is malformed.");
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }
}
