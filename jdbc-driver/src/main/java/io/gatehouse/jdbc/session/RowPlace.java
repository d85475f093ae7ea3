package io.gatehouse.jdbc.session;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;

/** Where a row lies: in the frame that brought it. Immutable by agreement. */
public final class RowPlace {
    private final byte[] bytes;
    private final int at;

    RowPlace(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** A row of its own, of a value for each column; null means SQL NULL. */
    public static RowPlace of(List<byte @Nullable []> values) {
        int size = 0;
        for (byte[] value : values) {
            size += 4 + (value == null ? 0 : value.length);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (byte[] value : values) {
            out.putInt(value == null ? -1 : value.length);
            if (value != null) {
                out.put(value);
            }
        }
        return new RowPlace(out.array(), 0);
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }
}
