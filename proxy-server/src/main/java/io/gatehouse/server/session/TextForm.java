package io.gatehouse.server.session;

import java.util.Optional;

/**
 * Types of PostgreSQL that pass through JDBC as text, and of which drivers like the binary format.
 */
final class TextForm {
    private TextForm() {}

    /** Whether a type is one of them. */
    static boolean has(int type) {
        return ArrayForm.element(type) != 0 || PointForm.numbers(type) != 0;
    }

    /** The text of a binary value; empty when the bytes are none, or not of this type. */
    static Optional<String> text(int type, byte[] binary) {
        return PointForm.numbers(type) != 0
                ? PointForm.text(type, binary)
                : ArrayForm.text(type, binary);
    }

    /** The binary format of a value's text; empty where that is not known. */
    static Optional<byte[]> binary(int type, String text) {
        return PointForm.numbers(type) != 0
                ? PointForm.binary(type, text)
                : ArrayForm.binary(type, text);
    }
}
