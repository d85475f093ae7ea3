package io.gatehouse.server.pool;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A RowDescription. Immutable; compared by identity. */
public final class TapFields {
    /**
     * One column.
     *
     * @param table the object id of the table, or 0
     * @param attribute its number in the table, or 0
     * @param oid of its type
     * @param size bytes of the type; below 0 where it varies
     * @param modifier of the type; -1 for none
     * @param binary whether its values come in binary format
     */
    public record Field(
            String label,
            int table,
            int attribute,
            int oid,
            int size,
            int modifier,
            boolean binary) {}

    private final List<Field> fields;

    private TapFields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** In order. */
    public List<Field> fields() {
        return fields;
    }

    /** From the body of a RowDescription. */
    static TapFields parse(byte[] buffer, int offset, int length) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(buffer, offset, length);
        try {
            int count = in.getShort();
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                fields.add(field(in));
            }
            if (count < 0 || in.hasRemaining()) {
                throw new IOException("the server sent a description that does not fit its count");
            }
            return new TapFields(fields);
        } catch (BufferUnderflowException e) {
            throw new IOException("the server sent a description that ends too soon", e);
        }
    }

    private static Field field(ByteBuffer in) {
        int start = in.position();
        while (in.get() != 0) {
            // up to the terminator
        }
        int length = in.position() - 1 - start;
        return new Field(
                new String(in.array(), start, length, StandardCharsets.UTF_8),
                in.getInt(),
                in.getShort(),
                in.getInt(),
                in.getShort(),
                in.getInt(),
                in.getShort() != 0);
    }
}
