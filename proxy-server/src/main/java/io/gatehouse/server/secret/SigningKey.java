package io.gatehouse.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what the broker gives away and wants to know again. Thread-safe; cannot print itself. */
public final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    SigningKey(byte[] raw) {
        this.key = new SecretKeySpec(raw, ALGORITHM);
    }

    /** A key that only this process has: what it signs is worth nothing after a restart. */
    public static SigningKey random() {
        byte[] raw = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(raw);
        return new SigningKey(raw);
    }

    /** The signature of a text, 32 bytes. */
    public byte[] sign(String text) {
        return sign(key, text);
    }

    static byte[] sign(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[]";
    }
}
