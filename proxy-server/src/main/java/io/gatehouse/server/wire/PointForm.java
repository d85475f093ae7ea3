package io.gatehouse.server.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * PostgreSQL's points, segments, boxes, lines and circles between their binary format, which is a
 * few double precision numbers, and their text.
 */
final class PointForm {
    private static final int POINT = 600;
    private static final int SEGMENT = 601;
    private static final int BOX = 603;
    private static final int LINE = 628;
    private static final int CIRCLE = 718;

    private PointForm() {}

    /** How many numbers a value of the type is; 0 where it is none of these. */
    static int numbers(int type) {
        return switch (type) {
            case POINT -> 2;
            case SEGMENT, BOX -> 4;
            case LINE, CIRCLE -> 3;
            default -> 0;
        };
    }

    /** Empty when the text is not one of as many numbers. */
    static Optional<byte[]> binary(int type, String text) {
        List<Double> numbers = new ArrayList<>();
        for (String part : text.split("[\\[\\](){}<>, ]+", -1)) {
            if (!part.isEmpty()) {
                try {
                    numbers.add(Double.valueOf(part));
                } catch (NumberFormatException e) {
                    return Optional.empty();
                }
            }
        }
        if (numbers.size() != numbers(type)) {
            return Optional.empty();
        }
        ByteBuffer out = ByteBuffer.allocate(numbers.size() * Double.BYTES);
        numbers.forEach(out::putDouble);
        return Optional.of(out.array());
    }

    /** Empty when the bytes are not as many numbers. */
    static Optional<String> text(int type, byte[] binary) {
        ByteBuffer in = ByteBuffer.wrap(binary);
        try {
            String text =
                    switch (type) {
                        case SEGMENT -> "[" + point(in) + "," + point(in) + "]";
                        case BOX -> point(in) + "," + point(in);
                        case LINE -> "{" + list(in, 3) + "}";
                        case CIRCLE -> "<" + point(in) + "," + in.getDouble() + ">";
                        default -> point(in);
                    };
            return in.hasRemaining() ? Optional.empty() : Optional.of(text);
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static String point(ByteBuffer in) {
        return "(" + list(in, 2) + ")";
    }

    private static String list(ByteBuffer in, int count) {
        StringJoiner all = new StringJoiner(",");
        for (int i = 0; i < count; i++) {
            all.add(Double.toString(in.getDouble()));
        }
        return all.toString();
    }
}
