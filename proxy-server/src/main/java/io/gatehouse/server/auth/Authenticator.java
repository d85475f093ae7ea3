package io.gatehouse.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Begins SCRAM-SHA-256 exchanges with users, and with names that are none. Thread-safe. */
public final class Authenticator {
    /** The one mechanism. */
    public static final String MECHANISM = "SCRAM-SHA-256";

    private static final int NONCE_BYTES = 18;

    private final UserStore users;
    private final byte[] mockKey;
    private final SecureRandom random;

    public Authenticator(UserStore users) {
        this.users = users;
        this.random = new SecureRandom();
        this.mockKey = new byte[Sha256.BYTES];
        random.nextBytes(mockKey);
    }

    /** Begins an exchange; a name that is no user gets one that looks the same and fails. */
    public ScramServer begin(String user) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String text = Base64.getEncoder().encodeToString(nonce);
        Optional<UserRecord> known = users.find(user);
        UserRecord record = known.orElseGet(() -> mock(user));
        return new ScramServer(record, known.isPresent(), text);
    }

    /**
     * Checks a password that somebody gives in clear, over a way that nobody can listen to.
     *
     * @param password wiped
     */
    public Optional<Principal> prove(String user, char[] password) {
        Optional<UserRecord> known = users.find(user);
        ScramVerifier right = known.orElseGet(() -> mock(user)).verifier();
        ScramVerifier given = ScramVerifier.of(password, right.salt(), right.iterations());
        boolean same = MessageDigest.isEqual(given.storedKey(), right.storedKey());
        return known.filter(record -> same)
                .map(record -> new Principal(record.name(), record.groups()));
    }

    /** The same salt for the same name, as long as this broker lives; keys that nothing proves. */
    private UserRecord mock(String user) {
        String id = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        byte[] salt = Arrays.copyOf(Sha256.hmac(mockKey, "salt," + id), ScramVerifier.SALT_BYTES);
        byte[] storedKey = Sha256.hmac(mockKey, "key," + id);
        ScramVerifier verifier =
                new ScramVerifier(ScramVerifier.ITERATIONS, salt, storedKey, storedKey);
        return new UserRecord(user, verifier, Set.of());
    }
}
