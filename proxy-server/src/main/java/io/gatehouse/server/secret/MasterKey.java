package io.gatehouse.server.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals credentials for rest in configuration files and opens them again: AES-256-GCM, {@code
 * gh1:<key id>:<base64 of nonce and ciphertext>}. A sealed value is bound to the name of its
 * logical connection. Immutable and thread-safe; cannot print itself.
 */
public final class MasterKey {
    private static final String VERSION = "gh1";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MAX_SEALED_CHARS = 16 * 1024;

    private final SecretKeySpec key;
    private final String id;

    private MasterKey(byte[] raw) {
        this.key = new SecretKeySpec(raw, "AES");
        this.id = idOf(raw);
    }

    /**
     * Reads a key from text.
     *
     * @param text 32 bytes as base64 (44 characters) or hexadecimal (64 characters); blanks around
     *     it do not count
     * @param origin where the text came from, for messages
     */
    public static MasterKey parse(String text, String origin) throws SecretException {
        String stripped = text.strip();
        byte[] raw;
        try {
            raw =
                    stripped.length() == 2 * KEY_BYTES
                            ? HexFormat.of().parseHex(stripped)
                            : Base64.getDecoder().decode(stripped);
        } catch (IllegalArgumentException e) {
            // The cause would quote characters of the key.
            throw notAKey(origin);
        }
        if (raw.length != KEY_BYTES) {
            throw notAKey(origin);
        }
        try {
            return new MasterKey(raw);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** A fresh random key as text that {@link #parse} reads. */
    public static String generate() {
        byte[] raw = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(raw);
        try {
            return Base64.getEncoder().encodeToString(raw);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** A key for one purpose; the same of every broker that has this master key. */
    public SigningKey derive(String purpose) {
        byte[] raw = key.getEncoded();
        try {
            return new SigningKey(
                    SigningKey.sign(new SecretKeySpec(raw, "HmacSHA256"), "gatehouse:" + purpose));
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** Eight hexadecimal digits that tell keys apart and say nothing about them. */
    public String id() {
        return id;
    }

    /**
     * Seals a credential for one logical connection.
     *
     * @param connection the connection's name
     * @param value the credential; the caller wipes it
     */
    public String seal(String connection, char[] value) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] clear = Secret.utf8(value);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, connection, nonce);
            byte[] sealed = cipher.doFinal(clear);
            byte[] both =
                    ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array();
            return VERSION + ":" + id + ":" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot seal with AES-256-GCM", e);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /**
     * Opens a sealed credential.
     *
     * @param connection the name of the logical connection whose file holds the sealed value
     * @throws SecretException when it is malformed, was sealed with another key or for another
     *     connection, or was altered
     */
    public Secret open(String connection, String sealed) throws SecretException {
        String[] parts = sealed.strip().split(":", -1);
        if (sealed.length() > MAX_SEALED_CHARS || parts.length != 3 || !parts[0].equals(VERSION)) {
            throw malformed(connection);
        }
        if (!parts[1].equals(id)) {
            throw new SecretException(
                    "the sealed password was sealed with another master key (the key here is "
                            + id
                            + "); use that key, or seal it again: "
                            + wayForward(connection));
        }
        byte[] both;
        try {
            both = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw malformed(connection);
        }
        if (both.length < NONCE_BYTES + TAG_BITS / 8) {
            throw malformed(connection);
        }
        return decrypt(connection, both);
    }

    private Secret decrypt(String connection, byte[] both) throws SecretException {
        try {
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, connection, nonce);
            byte[] clear = cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(clear));
            char[] value = new char[chars.remaining()];
            chars.get(value);
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(chars.array(), '\0');
            Secret secret = Secret.of(value);
            Arrays.fill(value, '\0');
            return secret;
        } catch (AEADBadTagException e) {
            throw new SecretException(
                    "the sealed password does not open for connection \""
                            + connection
                            + "\": it was sealed for another connection, or altered; seal it again:"
                            + " "
                            + wayForward(connection),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot open AES-256-GCM", e);
        }
    }

    private Cipher cipher(int mode, String connection, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(
                (VERSION + "\0" + id + "\0" + connection).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String idOf(byte[] raw) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("gatehouse master key id\0".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(raw), 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    private static SecretException malformed(String connection) {
        return new SecretException(
                "this is no sealed password (it begins with gh1:); make one: "
                        + wayForward(connection));
    }

    private static String wayForward(String connection) {
        return "bin/gatehouse secret seal --connection " + connection;
    }

    private static SecretException notAKey(String origin) {
        return new SecretException(
                "the master key from "
                        + origin
                        + " is not 32 bytes in base64 or hexadecimal; make one: bin/gatehouse"
                        + " secret new-key FILE");
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
