package io.gatehouse.server.wire;

import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.ValueFaults;
import io.netty.buffer.ByteBuf;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Writes values with their lengths in the binary format of their column's type (section 6). */
final class BinaryForm {
    private static final long DAYS_TO_2000 = 10_957;
    private static final long SECONDS_TO_2000 = 946_684_800;

    private BinaryForm() {}

    /** Whether values of a type are carried as UTF-8. */
    static boolean isTextual(int type) {
        return switch (type) {
            case Types.BOOL,
                    Types.BYTEA,
                    Types.INT8,
                    Types.INT2,
                    Types.INT4,
                    Types.FLOAT4,
                    Types.FLOAT8,
                    Types.DATE,
                    Types.TIME,
                    Types.TIMESTAMP,
                    Types.TIMESTAMPTZ,
                    Types.TIMETZ,
                    Types.NUMERIC,
                    Types.UUID,
                    Types.GH_TIME_NS,
                    Types.GH_TIMESTAMP_NS,
                    Types.GH_TIMESTAMPTZ_OFFSET,
                    Types.GH_TIMETZ_NS ->
                    false;
            default -> true;
        };
    }

    static void bool(ByteBuf out, int type, boolean value) {
        if (type != Types.BOOL) {
            throw misfit(type, "boolean");
        }
        out.writeInt(1).writeByte(value ? 1 : 0);
    }

    static void integer(ByteBuf out, int type, long value) {
        switch (type) {
            case Types.INT4 -> out.writeInt(4).writeInt((int) value);
            case Types.INT8 -> out.writeInt(8).writeLong(value);
            case Types.INT2 -> out.writeInt(2).writeShort((int) value);
            case Types.NUMERIC -> NumericForm.write(out, value, 0);
            default -> throw misfit(type, "integer");
        }
    }

    static void float4(ByteBuf out, int type, float value) {
        switch (type) {
            case Types.FLOAT4 -> out.writeInt(4).writeInt(Float.floatToIntBits(value));
            case Types.FLOAT8 -> out.writeInt(8).writeLong(Double.doubleToLongBits(value));
            default -> throw misfit(type, "float");
        }
    }

    static void float8(ByteBuf out, int type, double value) {
        if (type != Types.FLOAT8) {
            throw misfit(type, "double");
        }
        out.writeInt(8).writeLong(Double.doubleToLongBits(value));
    }

    static void numeric(ByteBuf out, int type, BigDecimal value) {
        if (type != Types.NUMERIC) {
            throw misfit(type, "numeric");
        }
        NumericForm.write(out, value);
    }

    static void numericSpecial(ByteBuf out, int type, String value) {
        if (type != Types.NUMERIC) {
            throw misfit(type, "numeric");
        }
        NumericForm.writeSpecial(out, value);
    }

    static void uuid(ByteBuf out, int type, UUID value) {
        if (type != Types.UUID) {
            throw misfit(type, "uuid");
        }
        out.writeInt(16)
                .writeLong(value.getMostSignificantBits())
                .writeLong(value.getLeastSignificantBits());
    }

    static void date(ByteBuf out, int type, LocalDate value) {
        if (type != Types.DATE) {
            throw misfit(type, "date");
        }
        out.writeInt(4).writeInt(days(value));
    }

    /** The Gatehouse driver tells it from a day by its length. */
    static void noDay(ByteBuf out, int type, String value) {
        switch (type) {
            case Types.DATE, Types.TIMESTAMP, Types.GH_TIMESTAMP_NS -> {
                byte[] text = value.getBytes(StandardCharsets.US_ASCII);
                out.writeInt(text.length).writeBytes(text);
            }
            default -> throw misfit(type, "a text");
        }
    }

    private static int days(LocalDate value) {
        if (value.equals(LocalDate.MAX)) {
            return Integer.MAX_VALUE;
        }
        if (value.equals(LocalDate.MIN)) {
            return Integer.MIN_VALUE;
        }
        long days = value.toEpochDay() - DAYS_TO_2000;
        if (days >= Integer.MAX_VALUE || days <= Integer.MIN_VALUE) {
            throw outOfRange();
        }
        return (int) days;
    }

    static void time(ByteBuf out, int type, LocalTime value) {
        switch (type) {
            case Types.TIME -> out.writeInt(8).writeLong(value.toNanoOfDay() / 1000);
            case Types.GH_TIME_NS -> out.writeInt(8).writeLong(value.toNanoOfDay());
            default -> throw misfit(type, "time");
        }
    }

    static void timeWithZone(ByteBuf out, int type, OffsetTime value) {
        long nanos = value.toLocalTime().toNanoOfDay();
        int east = value.getOffset().getTotalSeconds();
        switch (type) {
            case Types.TIMETZ -> out.writeInt(12).writeLong(nanos / 1000).writeInt(-east);
            case Types.GH_TIMETZ_NS -> out.writeInt(12).writeLong(nanos).writeInt(east);
            default -> throw misfit(type, "time with time zone");
        }
    }

    static void timestamp(ByteBuf out, int type, LocalDateTime value) {
        switch (type) {
            case Types.TIMESTAMP -> {
                long micros;
                if (value.equals(LocalDateTime.MAX)) {
                    micros = Long.MAX_VALUE;
                } else if (value.equals(LocalDateTime.MIN)) {
                    micros = Long.MIN_VALUE;
                } else {
                    micros = micros(value.toEpochSecond(ZoneOffset.UTC), value.getNano());
                }
                out.writeInt(8).writeLong(micros);
            }
            case Types.GH_TIMESTAMP_NS ->
                    out.writeInt(12)
                            .writeLong(value.toEpochSecond(ZoneOffset.UTC))
                            .writeInt(value.getNano());
            default -> throw misfit(type, "timestamp");
        }
    }

    static void timestampWithZone(ByteBuf out, int type, OffsetDateTime value) {
        switch (type) {
            case Types.TIMESTAMPTZ -> {
                long micros;
                if (value.equals(OffsetDateTime.MAX)) {
                    micros = Long.MAX_VALUE;
                } else if (value.equals(OffsetDateTime.MIN)) {
                    micros = Long.MIN_VALUE;
                } else {
                    micros = micros(value.toEpochSecond(), value.getNano());
                }
                out.writeInt(8).writeLong(micros);
            }
            case Types.GH_TIMESTAMPTZ_OFFSET ->
                    out.writeInt(16)
                            .writeLong(value.toEpochSecond())
                            .writeInt(value.getNano())
                            .writeInt(value.getOffset().getTotalSeconds());
            default -> throw misfit(type, "timestamp with time zone");
        }
    }

    /** Microseconds since 2000, rounded down as the type holds no more. */
    private static long micros(long epochSecond, int nano) {
        long seconds = epochSecond - SECONDS_TO_2000;
        if (seconds > 9_223_372_036_853L || seconds < -9_223_372_036_853L) {
            throw outOfRange();
        }
        return seconds * 1_000_000 + nano / 1000;
    }

    private static GatehouseException outOfRange() {
        return new GatehouseException(ValueFaults.timeOutOfRange());
    }

    private static IllegalStateException misfit(int type, String what) {
        return new IllegalStateException("a column of wire type " + type + " cannot carry " + what);
    }
}
