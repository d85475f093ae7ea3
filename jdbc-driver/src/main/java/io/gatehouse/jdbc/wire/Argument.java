package io.gatehouse.jdbc.wire;

import org.jspecify.annotations.Nullable;

/** An argument of a {@link Request.Catalog} call. Immutable. */
public final class Argument {
    private final @Nullable Object value;

    private Argument(@Nullable Object value) {
        this.value = value;
    }

    /** A text, or null. */
    public static Argument text(@Nullable String value) {
        return new Argument(value);
    }

    /** A number. */
    public static Argument number(int value) {
        return new Argument(value);
    }

    /** A truth value. */
    public static Argument bool(boolean value) {
        return new Argument(value);
    }

    /** Several texts, or null. */
    public static Argument texts(String @Nullable [] value) {
        return new Argument(value == null ? null : value.clone());
    }

    /** Several numbers, or null. */
    public static Argument numbers(int @Nullable [] value) {
        return new Argument(value == null ? null : value.clone());
    }

    void write(FrameWriter out) {
        if (value == null) {
            out.int8(0);
        } else if (value instanceof String) {
            out.int8(1).text((String) value);
        } else if (value instanceof Integer) {
            out.int8(2).int32((Integer) value);
        } else if (value instanceof Boolean) {
            out.int8(3).int8((Boolean) value ? 1 : 0);
        } else if (value instanceof String[]) {
            String[] texts = (String[]) value;
            out.int8(4).int16(texts.length);
            for (String text : texts) {
                out.text(text);
            }
        } else {
            int[] numbers = (int[]) value;
            out.int8(5).int16(numbers.length);
            for (int number : numbers) {
                out.int32(number);
            }
        }
    }
}
