package io.gatehouse.server.execute;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Reads values in the binary formats of docs/protocol/PROTOCOL.md, section 6. */
final class WireValues {
    private static final LocalDate EPOCH_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDateTime EPOCH = EPOCH_DAY.atStartOfDay();

    private static final int NEGATIVE = 0x4000;
    private static final int NOT_A_NUMBER = 0xC000;
    private static final int DIGITS_PER_GROUP = 4;
    private static final int GROUP = 10_000;

    private WireValues() {}

    /** A value as the object that a driver takes for it; what is not known here is a text. */
    static Object object(int type, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return switch (type) {
            case WireTypes.BOOL -> in.get() != 0;
            case WireTypes.INT2 -> in.getShort();
            case WireTypes.INT4 -> in.getInt();
            case WireTypes.INT8 -> in.getLong();
            case WireTypes.FLOAT4 -> in.getFloat();
            case WireTypes.FLOAT8 -> in.getDouble();
            case WireTypes.NUMERIC -> numeric(in);
            case WireTypes.BYTEA -> bytes;
            case WireTypes.UUID -> uuid(in);
            case WireTypes.DATE, WireTypes.GH_SQL_DATE -> date(in);
            case WireTypes.TIME -> time(in);
            case WireTypes.GH_TIME_NS -> timeOfNanos(in);
            case WireTypes.GH_SQL_TIME -> timeOfNanosWithZone(in).toLocalTime();
            case WireTypes.TIMETZ -> timeWithZone(in);
            case WireTypes.GH_TIMETZ_NS -> timeOfNanosWithZone(in);
            case WireTypes.TIMESTAMP -> timestamp(in);
            case WireTypes.GH_TIMESTAMP_NS -> timestampOfNanos(in);
            case WireTypes.TIMESTAMPTZ -> timestampWithZone(in);
            case WireTypes.GH_TIMESTAMPTZ_OFFSET -> timestampWithOffset(in);
            case WireTypes.GH_SQL_TIMESTAMP -> timestampWithOffset(in).toLocalDateTime();
            default -> text(bytes);
        };
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    static LocalDate date(ByteBuffer in) {
        int days = in.getInt();
        return switch (days) {
            case Integer.MAX_VALUE -> LocalDate.MAX;
            case Integer.MIN_VALUE -> LocalDate.MIN;
            default -> EPOCH_DAY.plusDays(days);
        };
    }

    /** What may follow a date: the offset of its zone in seconds. */
    static ZoneOffset offset(ByteBuffer in) {
        return in.hasRemaining() ? ZoneOffset.ofTotalSeconds(in.getInt()) : ZoneOffset.UTC;
    }

    static LocalTime time(ByteBuffer in) {
        return LocalTime.ofNanoOfDay(Math.multiplyExact(in.getLong(), 1_000L));
    }

    static LocalTime timeOfNanos(ByteBuffer in) {
        return LocalTime.ofNanoOfDay(in.getLong());
    }

    static OffsetTime timeWithZone(ByteBuffer in) {
        LocalTime time = time(in);
        return time.atOffset(ZoneOffset.ofTotalSeconds(-in.getInt()));
    }

    static OffsetTime timeOfNanosWithZone(ByteBuffer in) {
        LocalTime time = timeOfNanos(in);
        return time.atOffset(ZoneOffset.ofTotalSeconds(in.getInt()));
    }

    static LocalDateTime timestamp(ByteBuffer in) {
        long micros = in.getLong();
        if (micros == Long.MAX_VALUE) {
            return LocalDateTime.MAX;
        }
        return micros == Long.MIN_VALUE ? LocalDateTime.MIN : EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static OffsetDateTime timestampWithZone(ByteBuffer in) {
        LocalDateTime utc = timestamp(in);
        if (utc.equals(LocalDateTime.MAX)) {
            return OffsetDateTime.MAX;
        }
        return utc.equals(LocalDateTime.MIN) ? OffsetDateTime.MIN : utc.atOffset(ZoneOffset.UTC);
    }

    static LocalDateTime timestampOfNanos(ByteBuffer in) {
        long seconds = in.getLong();
        return LocalDateTime.ofEpochSecond(seconds, in.getInt(), ZoneOffset.UTC);
    }

    static OffsetDateTime timestampWithOffset(ByteBuffer in) {
        Instant instant = Instant.ofEpochSecond(in.getLong()).plus(Duration.ofNanos(in.getInt()));
        return instant.atOffset(ZoneOffset.ofTotalSeconds(in.getInt()));
    }

    /** A number; an ArithmeticException names what is none: {@code NaN} or an infinity. */
    static BigDecimal numeric(ByteBuffer in) {
        int groups = in.getShort() & 0xFFFF;
        int weight = in.getShort();
        int sign = in.getShort() & 0xFFFF;
        int scale = in.getShort();
        if (sign >= NOT_A_NUMBER) {
            throw new ArithmeticException(special(sign));
        }
        BigInteger unscaled = unscaled(in, groups);
        int exponent = (weight - groups + 1) * DIGITS_PER_GROUP;
        BigDecimal value = new BigDecimal(unscaled, 0).scaleByPowerOfTen(exponent);
        BigDecimal scaled = value.setScale(scale, RoundingMode.HALF_UP);
        return sign == NEGATIVE ? scaled.negate() : scaled;
    }

    private static BigInteger unscaled(ByteBuffer in, int groups) {
        if (in.remaining() < groups * Short.BYTES) {
            throw new BufferUnderflowException();
        }
        StringBuilder digits = new StringBuilder(1 + groups * DIGITS_PER_GROUP).append('0');
        for (int i = 0; i < groups; i++) {
            int group = in.getShort();
            if (group < 0 || group >= GROUP) {
                throw new IllegalArgumentException("not a digit of the base 10000");
            }
            for (int unit = GROUP / 10; unit > 0; unit /= 10) {
                digits.append((char) ('0' + group / unit % 10));
            }
        }
        return new BigInteger(digits.toString());
    }

    private static String special(int sign) {
        return switch (sign) {
            case 0xD000 -> "Infinity";
            case 0xF000 -> "-Infinity";
            default -> "NaN";
        };
    }
}
