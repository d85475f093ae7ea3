package io.gatehouse.server.wire;

import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.ValueFaults;
import io.netty.buffer.ByteBuf;

import java.math.BigDecimal;

/** PostgreSQL's binary numeric: digits to the base of 10,000 around the decimal point. */
final class NumericForm {
    private static final int MAX_SCALE = 16_383;
    private static final int MAX_DIGITS = 131_072;
    private static final int NEGATIVE = 0x4000;

    /** An unscaled value below this can be padded to whole digits without overflow. */
    private static final long PADDABLE = Long.MAX_VALUE / 1000;

    private NumericForm() {}

    /** Refuses what PostgreSQL's type cannot hold. */
    static void check(BigDecimal value) {
        if (value.scale() > MAX_SCALE || value.precision() - (long) value.scale() > MAX_DIGITS) {
            throw new GatehouseException(
                    ValueFaults.numberOutOfRange(value.precision(), value.scale()));
        }
    }

    static void write(ByteBuf out, BigDecimal value) {
        check(value);
        if (value.precision() <= 18 && value.scale() >= 0) {
            long unscaled = value.unscaledValue().longValue();
            if (unscaled < PADDABLE && unscaled > -PADDABLE) {
                write(out, unscaled, value.scale());
                return;
            }
        }
        writeDigits(out, value);
    }

    static void write(ByteBuf out, long unscaled, int scale) {
        if (unscaled >= PADDABLE || unscaled <= -PADDABLE) {
            writeDigits(out, BigDecimal.valueOf(unscaled, scale));
            return;
        }
        int padding = (4 - scale % 4) % 4;
        long rest = Math.abs(unscaled);
        for (int i = 0; i < padding; i++) {
            rest *= 10;
        }
        int weight = -((scale + padding) / 4) - 1;
        // Trailing zero digits are not sent, but they count for the weight.
        while (rest != 0 && rest % 10_000 == 0) {
            rest /= 10_000;
            weight++;
        }
        int digits = 0;
        for (long r = rest; r != 0; r /= 10_000) {
            digits++;
        }
        header(out, digits, digits == 0 ? 0 : weight + digits, unscaled < 0, scale);
        int end = out.writerIndex() + 2 * digits;
        out.ensureWritable(2 * digits);
        for (int at = end - 2; rest != 0; at -= 2) {
            out.setShort(at, (int) (rest % 10_000));
            rest /= 10_000;
        }
        out.writerIndex(end);
    }

    private static void writeDigits(ByteBuf out, BigDecimal value) {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int padding = (4 - plain.scale() % 4) % 4;
        String text = plain.unscaledValue().abs().toString() + "0".repeat(padding);
        int fraction = (plain.scale() + padding) / 4;
        int lead = (4 - text.length() % 4) % 4;
        text = "0".repeat(lead) + text;
        int first = 0;
        int end = text.length() / 4;
        int weight = end - fraction - 1;
        while (first < end && digit(text, first) == 0) {
            first++;
            weight--;
        }
        while (end > first && digit(text, end - 1) == 0) {
            end--;
        }
        header(out, end - first, end == first ? 0 : weight, value.signum() < 0, plain.scale());
        for (int i = first; i < end; i++) {
            out.writeShort(digit(text, i));
        }
    }

    private static int digit(String text, int index) {
        return Integer.parseInt(text, 4 * index, 4 * index + 4, 10);
    }

    private static void header(ByteBuf out, int digits, int weight, boolean negative, int scale) {
        out.writeInt(8 + 2 * digits)
                .writeShort(digits)
                .writeShort(weight)
                .writeShort(negative ? NEGATIVE : 0)
                .writeShort(scale);
    }

    static void writeSpecial(ByteBuf out, String value) {
        int sign =
                switch (value) {
                    case "NaN" -> 0xC000;
                    case "Infinity" -> 0xD000;
                    case "-Infinity" -> 0xF000;
                    default -> throw new IllegalStateException("not a special numeric");
                };
        out.writeInt(8).writeShort(0).writeShort(0).writeShort(sign).writeShort(0);
    }
}
