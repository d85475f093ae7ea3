package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/** The binary forms of dates and times. Infinite ones are the extreme values of java.time. */
final class Temporal {
    /** Days from 1970-01-01 to 2000-01-01. */
    private static final long EPOCH_DAYS = 10_957;

    private static final long EPOCH_SECONDS = EPOCH_DAYS * 86_400;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    /** As far as 64 bits of microseconds around the year 2000 go, with room to spare. */
    private static final long MAX_MICRO_SECONDS = 9_223_371_000_000L;

    private Temporal() {}

    static LocalDate date(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 4);
        int days = Bytes.int32(b, at);
        if (days == Integer.MAX_VALUE) {
            return LocalDate.MAX;
        }
        return days == Integer.MIN_VALUE ? LocalDate.MIN : LocalDate.ofEpochDay(days + EPOCH_DAYS);
    }

    static LocalTime timeMicros(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 8);
        return timeOfDay(Math.multiplyExact(checkedMicros(Bytes.int64(b, at)), 1000L));
    }

    static LocalTime timeNanos(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 8);
        return timeOfDay(Bytes.int64(b, at));
    }

    private static long checkedMicros(long micros) throws SQLException {
        if (micros < 0 || micros > DAY_NANOS / 1000) {
            throw malformed(null);
        }
        return micros;
    }

    /** PostgreSQL's 24:00:00 is the last moment of the day here, as LocalTime has no other. */
    private static LocalTime timeOfDay(long nanos) throws SQLException {
        if (nanos == DAY_NANOS) {
            return LocalTime.MAX;
        }
        if (nanos < 0 || nanos > DAY_NANOS) {
            throw malformed(null);
        }
        return LocalTime.ofNanoOfDay(nanos);
    }

    static LocalDateTime timestamp(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 8);
        long micros = Bytes.int64(b, at);
        if (micros == Long.MAX_VALUE) {
            return LocalDateTime.MAX;
        }
        if (micros == Long.MIN_VALUE) {
            return LocalDateTime.MIN;
        }
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L) + EPOCH_SECONDS,
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC);
    }

    static OffsetDateTime timestampTz(byte[] b, int at, int length) throws SQLException {
        LocalDateTime utc = timestamp(b, at, length);
        if (utc.equals(LocalDateTime.MAX)) {
            return OffsetDateTime.MAX;
        }
        return utc.equals(LocalDateTime.MIN) ? OffsetDateTime.MIN : utc.atOffset(ZoneOffset.UTC);
    }

    static LocalDateTime timestampNanos(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 12);
        try {
            return LocalDateTime.ofEpochSecond(
                    Bytes.int64(b, at), Bytes.int32(b, at + 8), ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw malformed(e);
        }
    }

    static OffsetDateTime timestampOffset(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 16);
        try {
            return Instant.ofEpochSecond(Bytes.int64(b, at), Bytes.int32(b, at + 8))
                    .atOffset(ZoneOffset.ofTotalSeconds(Bytes.int32(b, at + 12)));
        } catch (DateTimeException | ArithmeticException e) {
            throw malformed(e);
        }
    }

    static OffsetTime timeTz(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 12);
        LocalTime time = timeMicros(b, at, 8);
        return time.atOffset(offset(-Bytes.int32(b, at + 8)));
    }

    static OffsetTime timeTzNanos(byte[] b, int at, int length) throws SQLException {
        Bytes.size(length, 12);
        return timeNanos(b, at, 8).atOffset(offset(Bytes.int32(b, at + 8)));
    }

    private static ZoneOffset offset(int seconds) throws SQLException {
        try {
            return ZoneOffset.ofTotalSeconds(seconds);
        } catch (DateTimeException e) {
            throw malformed(e);
        }
    }

    private static SQLException malformed(@org.jspecify.annotations.Nullable Exception cause) {
        return Faults.violation("A date or time value is not one.", cause);
    }

    // ---- encoding

    static byte[] days(LocalDate date) throws SQLException {
        return Bytes.of32(dayNumber(date));
    }

    static byte[] daysWithOffset(LocalDate date, int offsetSeconds) throws SQLException {
        byte[] b = new byte[8];
        Bytes.put32(b, 0, dayNumber(date));
        Bytes.put32(b, 4, offsetSeconds);
        return b;
    }

    private static int dayNumber(LocalDate date) throws SQLException {
        if (date.equals(LocalDate.MAX)) {
            return Integer.MAX_VALUE;
        }
        if (date.equals(LocalDate.MIN)) {
            return Integer.MIN_VALUE;
        }
        long days = date.toEpochDay() - EPOCH_DAYS;
        if (days != (int) days) {
            throw Faults.outOfRange("of a date", "DATE");
        }
        return (int) days;
    }

    static boolean isMicros(int nanos) {
        return nanos % 1000 == 0;
    }

    /** Whether microseconds around the year 2000 can say it. */
    static boolean fitsMicros(LocalDateTime t) {
        return t.equals(LocalDateTime.MAX)
                || t.equals(LocalDateTime.MIN)
                || (isMicros(t.getNano())
                        && Math.abs(t.toEpochSecond(ZoneOffset.UTC)) < MAX_MICRO_SECONDS);
    }

    static byte[] micros(LocalDateTime t) {
        if (t.equals(LocalDateTime.MAX)) {
            return Bytes.of64(Long.MAX_VALUE);
        }
        if (t.equals(LocalDateTime.MIN)) {
            return Bytes.of64(Long.MIN_VALUE);
        }
        long seconds = t.toEpochSecond(ZoneOffset.UTC) - EPOCH_SECONDS;
        return Bytes.of64(seconds * 1_000_000 + t.getNano() / 1000);
    }

    static byte[] nanos(LocalDateTime t) {
        return Bytes.of64And32(t.toEpochSecond(ZoneOffset.UTC), t.getNano());
    }

    static byte[] withOffset(Instant instant, int offsetSeconds) {
        byte[] b = new byte[16];
        Bytes.put64(b, 0, instant.getEpochSecond());
        Bytes.put32(b, 8, instant.getNano());
        Bytes.put32(b, 12, offsetSeconds);
        return b;
    }
}
