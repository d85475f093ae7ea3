package io.gatehouse.server.wire;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Bytes of a message as a value. Immutable by convention. */
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /**
     * Wraps without a copy.
     *
     * @param array ownership passes: it is never written again
     */
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /** The bytes themselves, for reading only. */
    public byte[] array() {
        return array;
    }

    /** The number of bytes. */
    public int length() {
        return array.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** Contents may be confidential: only their number is printed. */
    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
