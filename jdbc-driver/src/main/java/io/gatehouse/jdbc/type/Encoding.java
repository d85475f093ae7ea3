package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.wire.Outflow;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;
import java.util.UUID;

/** Java values as parameters. */
public final class Encoding {
    private static final byte[] TRUE = {1};
    private static final byte[] FALSE = {0};

    private Encoding() {}

    /** A null of a JDBC type. */
    public static Parameter ofNull(int jdbcType) {
        return new Parameter(TypeId.ofNull(jdbcType), null);
    }

    public static Parameter of(boolean v) {
        return new Parameter(TypeId.BOOL, v ? TRUE : FALSE);
    }

    public static Parameter of(short v) {
        return new Parameter(TypeId.INT2, Bytes.of16(v));
    }

    public static Parameter of(int v) {
        return new Parameter(TypeId.INT4, Bytes.of32(v));
    }

    public static Parameter of(long v) {
        return new Parameter(TypeId.INT8, Bytes.of64(v));
    }

    public static Parameter of(float v) {
        return new Parameter(TypeId.FLOAT4, Bytes.of32(Float.floatToIntBits(v)));
    }

    public static Parameter of(double v) {
        return new Parameter(TypeId.FLOAT8, Bytes.of64(Double.doubleToLongBits(v)));
    }

    public static Parameter of(BigDecimal v) throws SQLException {
        return new Parameter(TypeId.NUMERIC, Numeric.encode(v));
    }

    public static Parameter of(String v) {
        return text(TypeId.VARCHAR, v);
    }

    /** A text whose type the backend finds out. */
    public static Parameter untyped(String v) {
        return text(TypeId.UNTYPED, v);
    }

    /** A text of one of the textual types. */
    public static Parameter text(int type, String v) {
        return new Parameter(type, v.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A value that is sent in pieces.
     *
     * @param length bytes that come in all; -1 if that is not known
     */
    public static Parameter arriving(boolean text, long length, Outflow outflow) {
        return Parameter.arriving(
                text ? TypeId.TEXT_STREAM : TypeId.BYTE_STREAM, Bytes.of64(length), outflow);
    }

    /** Bytes, which nobody may change any more. */
    public static Parameter of(byte[] v) {
        return new Parameter(TypeId.BYTEA, v);
    }

    public static Parameter of(UUID v) {
        byte[] b = new byte[16];
        Bytes.put64(b, 0, v.getMostSignificantBits());
        Bytes.put64(b, 8, v.getLeastSignificantBits());
        return new Parameter(TypeId.UUID, b);
    }

    public static Parameter of(LocalDate v) throws SQLException {
        return new Parameter(TypeId.DATE, Temporal.days(v));
    }

    public static Parameter of(LocalTime v) {
        return Temporal.isMicros(v.getNano())
                ? new Parameter(TypeId.TIME, Bytes.of64(v.toNanoOfDay() / 1000))
                : new Parameter(TypeId.TIME_NS, Bytes.of64(v.toNanoOfDay()));
    }

    public static Parameter of(LocalDateTime v) {
        return Temporal.fitsMicros(v)
                ? new Parameter(TypeId.TIMESTAMP, Temporal.micros(v))
                : new Parameter(TypeId.TIMESTAMP_NS, Temporal.nanos(v));
    }

    public static Parameter of(OffsetDateTime v) {
        if (v.equals(OffsetDateTime.MAX) || v.equals(OffsetDateTime.MIN)) {
            boolean max = v.equals(OffsetDateTime.MAX);
            return new Parameter(
                    TypeId.TIMESTAMPTZ, Bytes.of64(max ? Long.MAX_VALUE : Long.MIN_VALUE));
        }
        return new Parameter(
                TypeId.TIMESTAMPTZ_OFFSET,
                Temporal.withOffset(v.toInstant(), v.getOffset().getTotalSeconds()));
    }

    public static Parameter of(OffsetTime v) {
        return new Parameter(
                TypeId.TIMETZ_NS,
                Bytes.of64And32(v.toLocalTime().toNanoOfDay(), v.getOffset().getTotalSeconds()));
    }

    /** A date of {@code java.sql}, read in the calendar's zone or else the default one. */
    public static Parameter of(Date v, @Nullable Calendar calendar) throws SQLException {
        long millis = v.getTime();
        TimeZone zone = Legacy.zone(calendar);
        LocalDate date;
        if (millis == Legacy.DATE_POSITIVE_INFINITY) {
            date = LocalDate.MAX;
        } else if (millis == Legacy.DATE_NEGATIVE_INFINITY) {
            date = LocalDate.MIN;
        } else {
            date = Legacy.day(millis, zone);
        }
        int offset = Legacy.offset(zone, millis).getTotalSeconds();
        return new Parameter(TypeId.SQL_DATE, Temporal.daysWithOffset(date, offset));
    }

    /** A time of {@code java.sql}, read in the calendar's zone or else the default one. */
    public static Parameter of(Time v, @Nullable Calendar calendar) {
        return time(v.getTime(), 0, calendar);
    }

    /** The time of day of a timestamp with all its digits. */
    public static Parameter timeOf(Timestamp v, @Nullable Calendar calendar) {
        return time(v.getTime(), v.getNanos() % 1_000_000, calendar);
    }

    private static Parameter time(long millis, int nanos, @Nullable Calendar calendar) {
        ZoneOffset offset = Legacy.offset(Legacy.zone(calendar), millis);
        LocalTime time =
                Instant.ofEpochMilli(millis).plusNanos(nanos).atOffset(offset).toLocalTime();
        return new Parameter(
                TypeId.SQL_TIME, Bytes.of64And32(time.toNanoOfDay(), offset.getTotalSeconds()));
    }

    /** A timestamp of {@code java.sql}, read in the calendar's zone or else the default one. */
    public static Parameter of(Timestamp v, @Nullable Calendar calendar) {
        if (v.getTime() == Legacy.DATE_POSITIVE_INFINITY) {
            return of(LocalDateTime.MAX);
        }
        if (v.getTime() == Legacy.DATE_NEGATIVE_INFINITY) {
            return of(LocalDateTime.MIN);
        }
        ZoneOffset offset = Legacy.offset(Legacy.zone(calendar), v.getTime());
        return new Parameter(
                TypeId.SQL_TIMESTAMP, Temporal.withOffset(v.toInstant(), offset.getTotalSeconds()));
    }
}
