package io.gatehouse.server.secret;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A credential in memory. It cannot print itself, is equal only to itself and is not serializable.
 * Immutable and thread-safe.
 */
public final class Secret {
    private final char[] value;

    private Secret(char[] value) {
        this.value = value;
    }

    /**
     * Keeps a copy of a credential.
     *
     * @param value the credential; the caller still owns the array and should wipe it
     */
    public static Secret of(char[] value) {
        return new Secret(value.clone());
    }

    /** A copy of the credential, for the room that opens connections; the caller should wipe it. */
    public char[] reveal() {
        return value.clone();
    }

    /** Whether both hold the same credential; takes the same time wherever they differ. */
    public boolean matches(Secret other) {
        byte[] mine = utf8(value);
        byte[] theirs = utf8(other.value);
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    static byte[] utf8(char[] chars) {
        var buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
