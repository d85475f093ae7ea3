package io.gatehouse.jdbc.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/** Values as the Java objects that hold all of them. */
final class Decoding {
    private Decoding() {}

    /**
     * The value as Boolean, Short, Integer, Long, Float, Double, BigDecimal, String, byte[], UUID
     * or one of java.time; never null.
     */
    static Object decode(int type, byte[] b, int at, int length) throws SQLException {
        switch (type) {
            case TypeId.BOOL:
                return bool(b, at, length);
            case TypeId.BYTEA:
            case TypeId.BITS:
                return Arrays.copyOfRange(b, at, at + length);
            case TypeId.INT2:
            case TypeId.YEAR:
                return (short) integer(type, b, at, length);
            case TypeId.INT4:
                return (int) integer(type, b, at, length);
            case TypeId.INT8:
                return integer(type, b, at, length);
            case TypeId.FLOAT4:
                return (float) real(type, b, at, length);
            case TypeId.FLOAT8:
                return real(type, b, at, length);
            case TypeId.NUMERIC:
                return numeric(b, at, length);
            case TypeId.DECFLOAT:
                Object number = numeric(b, at, length);
                return number instanceof BigDecimal
                        ? ((BigDecimal) number).stripTrailingZeros()
                        : number;
            case TypeId.UUID:
                Bytes.size(length, 16);
                return new UUID(Bytes.int64(b, at), Bytes.int64(b, at + 8));
            case TypeId.DATE:
                return Temporal.date(b, at, length);
            case TypeId.TIME:
                return Temporal.timeMicros(b, at, length);
            case TypeId.TIME_NS:
                return Temporal.timeNanos(b, at, length);
            case TypeId.TIMESTAMP:
                return Temporal.timestamp(b, at, length);
            case TypeId.TIMESTAMP_NS:
                return Temporal.timestampNanos(b, at, length);
            case TypeId.TIMESTAMPTZ:
                return Temporal.timestampTz(b, at, length);
            case TypeId.TIMESTAMPTZ_OFFSET:
                return Temporal.timestampOffset(b, at, length);
            case TypeId.TIMETZ:
                return Temporal.timeTz(b, at, length);
            case TypeId.TIMETZ_NS:
                return Temporal.timeTzNanos(b, at, length);
            default:
                return text(b, at, length);
        }
    }

    static boolean bool(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 1);
        return b[at] != 0;
    }

    static long integer(int type, byte[] b, int at, int length) throws SQLException {
        switch (type) {
            case TypeId.BITS:
                return bits(b, at, length);
            case TypeId.INT2:
            case TypeId.YEAR:
                Bytes.size(length, 2);
                return Bytes.int16(b, at);
            case TypeId.INT4:
                Bytes.size(length, 4);
                return Bytes.int32(b, at);
            default:
                Bytes.size(length, 8);
                return Bytes.int64(b, at);
        }
    }

    private static long bits(byte[] b, int at, int length) {
        long v = 0;
        for (int i = 0; i < length; i++) {
            v = (v << 8) | (b[at + i] & 0xff);
        }
        return v;
    }

    static double real(int type, byte[] b, int at, int length) throws SQLException {
        if (type == TypeId.FLOAT4) {
            Bytes.size(length, 4);
            return Float.intBitsToFloat(Bytes.int32(b, at));
        }
        Bytes.size(length, 8);
        return Double.longBitsToDouble(Bytes.int64(b, at));
    }

    /** A BigDecimal, or a Double for what is no number. */
    private static Object numeric(byte[] b, int at, int length) throws SQLException {
        String special = Numeric.special(b, at, length);
        if (special != null) {
            return Double.valueOf(special);
        }
        BigDecimal value = Numeric.decode(b, at, length);
        return value;
    }

    static String text(byte[] b, int at, int length) {
        return new String(b, at, length, StandardCharsets.UTF_8);
    }
}
