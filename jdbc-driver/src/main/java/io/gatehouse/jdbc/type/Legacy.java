package io.gatehouse.jdbc.type;

import org.jspecify.annotations.Nullable;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Calendar;

/** The dates and times of {@code java.sql}. */
final class Legacy {
    /** What the PostgreSQL driver uses for {@code infinity}, so that applications know it. */
    static final long DATE_POSITIVE_INFINITY = 9_223_372_036_825_200_000L;

    static final long DATE_NEGATIVE_INFINITY = -9_223_372_036_832_400_000L;

    private static final LocalDate DAY_ONE = LocalDate.ofEpochDay(0);

    private Legacy() {}

    static ZoneId zone(@Nullable Calendar calendar) {
        return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
    }

    static Date date(LocalDate v, @Nullable Calendar calendar) {
        if (v.equals(LocalDate.MAX)) {
            return new Date(DATE_POSITIVE_INFINITY);
        }
        if (v.equals(LocalDate.MIN)) {
            return new Date(DATE_NEGATIVE_INFINITY);
        }
        return calendar == null
                ? Date.valueOf(v)
                : new Date(v.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
    }

    static Time time(LocalTime v, @Nullable Calendar calendar) {
        return new Time(v.atDate(DAY_ONE).atZone(zone(calendar)).toInstant().toEpochMilli());
    }

    static Timestamp timestamp(LocalDateTime v, @Nullable Calendar calendar) {
        if (v.equals(LocalDateTime.MAX)) {
            return new Timestamp(DATE_POSITIVE_INFINITY);
        }
        if (v.equals(LocalDateTime.MIN)) {
            return new Timestamp(DATE_NEGATIVE_INFINITY);
        }
        return calendar == null
                ? Timestamp.valueOf(v)
                : timestamp(v.atZone(zone(calendar)).toInstant());
    }

    static Timestamp timestamp(OffsetDateTime v) {
        if (v.equals(OffsetDateTime.MAX)) {
            return new Timestamp(DATE_POSITIVE_INFINITY);
        }
        if (v.equals(OffsetDateTime.MIN)) {
            return new Timestamp(DATE_NEGATIVE_INFINITY);
        }
        return timestamp(v.toInstant());
    }

    private static Timestamp timestamp(Instant instant) {
        Timestamp t = new Timestamp(instant.getEpochSecond() * 1000);
        t.setNanos(instant.getNano());
        return t;
    }
}
