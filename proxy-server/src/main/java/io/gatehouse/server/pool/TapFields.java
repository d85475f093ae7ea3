package io.gatehouse.server.pool;

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
    static TapFields parse(byte[] buffer, int offset, int length) {
        ByteBuffer in = ByteBuffer.wrap(buffer, offset, length);
        int count = in.getShort();
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int start = in.position();
            while (in.get() != 0) {
                // up to the terminator
            }
            int end = in.position() - 1;
            String label = new String(buffer, start, end - start, StandardCharsets.UTF_8);
            fields.add(
                    new Field(
                            label,
                            in.getInt(),
                            in.getShort(),
                            in.getInt(),
                            in.getShort(),
                            in.getInt(),
                            in.getShort() != 0));
        }
        return new TapFields(fields);
    }
}
