package io.gatehouse.server.execute;

import org.jspecify.annotations.Nullable;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/** An array as the driver sends it (docs/protocol/PROTOCOL.md, section 6, {@code gh_array}). */
final class ArrayParameter {
    private static final int MAX_DEPTH = 6;
    private static final int LEAST_ELEMENT = 8;

    private final String elementType;
    private final Object[] elements;

    private ArrayParameter(String elementType, Object[] elements) {
        this.elementType = elementType;
        this.elements = elements;
    }

    static ArrayParameter of(ByteBuffer in) {
        return of(in, 1);
    }

    private static ArrayParameter of(ByteBuffer in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("too many dimensions");
        }
        String elementType = WireValues.text(bytes(in, in.getInt()));
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / LEAST_ELEMENT) {
            throw new BufferUnderflowException();
        }
        Object[] elements = new Object[count];
        for (int i = 0; i < count; i++) {
            int type = in.getInt();
            int length = in.getInt();
            if (length >= 0) {
                byte[] value = bytes(in, length);
                elements[i] =
                        type == WireTypes.GH_ARRAY
                                ? of(ByteBuffer.wrap(value), depth + 1).elements
                                : WireValues.object(type, value);
            }
        }
        return new ArrayParameter(elementType, ofOneClass(elements));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /**
     * Drivers look at the class of an array: Integer[] says more than Object[]. Of parts of
     * different lengths, which no array of a database has, they would send what breaks off.
     */
    private static Object[] ofOneClass(Object[] elements) {
        Class<?> common = null;
        for (Object element : elements) {
            boolean other = element != null && common != null && element.getClass() != common;
            if (other || isOtherLength(element, elements[0])) {
                return elements;
            }
            common = element == null ? common : element.getClass();
        }
        if (common == null) {
            return elements;
        }
        Object[] typed = (Object[]) java.lang.reflect.Array.newInstance(common, 0);
        return Arrays.copyOf(
                elements, elements.length, typed.getClass().asSubclass(Object[].class));
    }

    private static boolean isOtherLength(@Nullable Object one, @Nullable Object first) {
        return one instanceof Object[] part
                && (!(first instanceof Object[] whole) || whole.length != part.length);
    }

    void bind(PreparedStatement statement, int index) throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(elementType, elements));
    }
}
