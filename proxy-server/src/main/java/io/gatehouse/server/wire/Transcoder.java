package io.gatehouse.server.wire;

import java.util.Optional;

/**
 * Turns texts into the binary format and back, for types of PostgreSQL that pass through JDBC as
 * text and of which drivers like the binary format.
 */
public final class Transcoder {
    private Transcoder() {}

    /** Whether a type is one of them. */
    public static boolean knows(int type) {
        return ArrayForm.element(type) != 0 || PointForm.numbers(type) != 0 || ScalarForm.has(type);
    }

    /** The text of a binary value; empty when the bytes are none, or not of this type. */
    public static Optional<String> text(int type, byte[] binary) {
        if (PointForm.numbers(type) != 0) {
            return PointForm.text(type, binary);
        }
        return ScalarForm.has(type) ? ScalarForm.text(type, binary) : ArrayForm.text(type, binary);
    }

    /** The binary format of a value's text; empty where that is not known. */
    public static Optional<byte[]> binary(int type, String text) {
        if (PointForm.numbers(type) != 0) {
            return PointForm.binary(type, text);
        }
        return ScalarForm.has(type) ? ScalarForm.binary(type, text) : ArrayForm.binary(type, text);
    }
}
