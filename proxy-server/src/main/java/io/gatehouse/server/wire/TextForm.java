package io.gatehouse.server.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Writes values, without a length, as PostgreSQL prints them (DateStyle ISO). */
final class TextForm {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int FLOAT8_DIGITS = 15;
    private static final int FLOAT4_DIGITS = 6;

    private TextForm() {}

    static void ascii(ByteBuf out, String text) {
        ByteBufUtil.writeAscii(out, text);
    }

    static void integer(ByteBuf out, long value) {
        if (value == Long.MIN_VALUE) {
            ascii(out, "-9223372036854775808");
            return;
        }
        if (value < 0) {
            out.writeByte('-');
        }
        digits(out, Math.abs(value), 1);
    }

    /** Writes a number that is not negative with at least so many digits. */
    private static void digits(ByteBuf out, long value, int width) {
        int count = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            count++;
        }
        count = Math.max(count, width);
        int end = out.writerIndex() + count;
        out.ensureWritable(count);
        long rest = value;
        for (int at = end - 1; at >= end - count; at--) {
            out.setByte(at, (int) ('0' + rest % 10));
            rest /= 10;
        }
        out.writerIndex(end);
    }

    static void bytes(ByteBuf out, byte[] value) {
        out.writeByte('\\').writeByte('x');
        for (byte b : value) {
            out.writeByte(HEX[(b >> 4) & 15]).writeByte(HEX[b & 15]);
        }
    }

    static void float8(ByteBuf out, double value) {
        ascii(
                out,
                Double.isFinite(value)
                        ? Shortest.of(value, FLOAT8_DIGITS)
                        : Double.toString(value));
    }

    static void float4(ByteBuf out, float value) {
        ascii(
                out,
                Float.isFinite(value) ? Shortest.of(value, FLOAT4_DIGITS) : Float.toString(value));
    }

    static void date(ByteBuf out, LocalDate value) {
        if (value.equals(LocalDate.MAX)) {
            ascii(out, "infinity");
        } else if (value.equals(LocalDate.MIN)) {
            ascii(out, "-infinity");
        } else {
            day(out, value);
            era(out, value.getYear());
        }
    }

    private static void day(ByteBuf out, LocalDate value) {
        int year = value.getYear();
        digits(out, year > 0 ? year : 1L - year, 4);
        out.writeByte('-');
        digits(out, value.getMonthValue(), 2);
        out.writeByte('-');
        digits(out, value.getDayOfMonth(), 2);
    }

    private static void era(ByteBuf out, int year) {
        if (year <= 0) {
            ascii(out, " BC");
        }
    }

    /**
     * @param digits most digits of the fraction: 6 or 9; more are cut off
     */
    static void time(ByteBuf out, LocalTime value, int digits) {
        digits(out, value.getHour(), 2);
        out.writeByte(':');
        digits(out, value.getMinute(), 2);
        out.writeByte(':');
        digits(out, value.getSecond(), 2);
        int fraction = digits == 9 ? value.getNano() : value.getNano() / 1000;
        if (fraction != 0) {
            int width = digits;
            while (fraction % 10 == 0) {
                fraction /= 10;
                width--;
            }
            out.writeByte('.');
            digits(out, fraction, width);
        }
    }

    private static void offset(ByteBuf out, int seconds) {
        int rest = Math.abs(seconds);
        out.writeByte(seconds < 0 ? '-' : '+');
        digits(out, rest / 3600, 2);
        if (rest % 3600 != 0) {
            out.writeByte(':');
            digits(out, rest / 60 % 60, 2);
            if (rest % 60 != 0) {
                out.writeByte(':');
                digits(out, rest % 60, 2);
            }
        }
    }

    static void timeWithZone(ByteBuf out, OffsetTime value, int digits) {
        time(out, value.toLocalTime(), digits);
        offset(out, value.getOffset().getTotalSeconds());
    }

    static void timestamp(ByteBuf out, LocalDateTime value, int digits) {
        if (value.equals(LocalDateTime.MAX)) {
            ascii(out, "infinity");
        } else if (value.equals(LocalDateTime.MIN)) {
            ascii(out, "-infinity");
        } else {
            day(out, value.toLocalDate());
            out.writeByte(' ');
            time(out, value.toLocalTime(), digits);
            era(out, value.getYear());
        }
    }

    static void timestampWithZone(ByteBuf out, OffsetDateTime value, ZoneId zone, int digits) {
        if (value.equals(OffsetDateTime.MAX)) {
            ascii(out, "infinity");
        } else if (value.equals(OffsetDateTime.MIN)) {
            ascii(out, "-infinity");
        } else {
            ZonedDateTime local = value.atZoneSameInstant(zone);
            day(out, local.toLocalDate());
            out.writeByte(' ');
            time(out, local.toLocalTime(), digits);
            offset(out, local.getOffset().getTotalSeconds());
            era(out, local.getYear());
        }
    }
}
