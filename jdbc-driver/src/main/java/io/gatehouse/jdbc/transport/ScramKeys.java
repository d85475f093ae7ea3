package io.gatehouse.jdbc.transport;

import io.gatehouse.jdbc.fault.Faults;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that a password, a salt and a number of iterations give. Deriving them is slow on
 * purpose, so the last few are remembered; passwords are remembered only as keyed hashes.
 */
final class ScramKeys {
    private static final int REMEMBERED = 64;
    private static final String HMAC = "HmacSHA256";
    private static final byte[] PROCESS_KEY = processKey();
    private static final Map<String, ScramKeys> MEMORY =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ScramKeys> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private final byte[] clientKey;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private ScramKeys(byte[] salted) throws GeneralSecurityException {
        clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
        storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
        serverKey = hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
    }

    static ScramKeys of(String user, String password, byte[] salt, int iterations)
            throws SQLException {
        try {
            String key = memoryKey(user, password, salt, iterations);
            synchronized (MEMORY) {
                ScramKeys known = MEMORY.get(key);
                if (known != null) {
                    return known;
                }
            }
            ScramKeys made = new ScramKeys(salted(prepared(password), salt, iterations));
            synchronized (MEMORY) {
                MEMORY.put(key, made);
            }
            return made;
        } catch (GeneralSecurityException e) {
            throw Faults.noConnection("This Java runtime cannot do SCRAM-SHA-256.", e);
        }
    }

    byte[] proof(byte[] auth) throws SQLException {
        try {
            byte[] proof = hmac(storedKey, auth);
            for (int i = 0; i < proof.length; i++) {
                proof[i] = (byte) (proof[i] ^ clientKey[i]);
            }
            return proof;
        } catch (GeneralSecurityException e) {
            throw Faults.noConnection("This Java runtime cannot do SCRAM-SHA-256.", e);
        }
    }

    byte[] serverSignature(byte[] auth) throws SQLException {
        try {
            return hmac(serverKey, auth);
        } catch (GeneralSecurityException e) {
            throw Faults.noConnection("This Java runtime cannot do SCRAM-SHA-256.", e);
        }
    }

    private static byte[] salted(String password, byte[] salt, int iterations)
            throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    /**
     * SASLprep as far as it changes a text; what it forbids is used as it is, as PostgreSQL does.
     */
    private static String prepared(String password) {
        StringBuilder mapped = new StringBuilder();
        boolean ascii = true;
        for (int i = 0; i < password.length(); i++) {
            char c = password.charAt(i);
            ascii &= c < 128;
            if (c > 127 && Character.getType(c) == Character.SPACE_SEPARATOR) {
                mapped.append(' ');
            } else if (!isMappedToNothing(c)) {
                mapped.append(c);
            }
        }
        return ascii ? password : Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    private static boolean isMappedToNothing(char c) {
        return c == 0xad
                || c == 0x34f
                || c == 0x1806
                || (c >= 0x180b && c <= 0x180d)
                || (c >= 0x200b && c <= 0x200d)
                || c == 0x2060
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xfeff;
    }

    private static String memoryKey(String user, String password, byte[] salt, int iterations)
            throws GeneralSecurityException {
        Base64.Encoder encoder = Base64.getEncoder();
        byte[] hash = hmac(PROCESS_KEY, password.getBytes(StandardCharsets.UTF_8));
        return encoder.encodeToString(hash)
                + " "
                + encoder.encodeToString(salt)
                + " "
                + iterations
                + " "
                + user;
    }

    private static byte[] processKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(data);
    }
}
