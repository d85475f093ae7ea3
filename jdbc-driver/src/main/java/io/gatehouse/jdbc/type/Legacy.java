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
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/**
 * The dates and times of {@code java.sql}. They count with {@link java.util.Calendar}, as vendors'
 * drivers do: Julian before October 1582, without the local mean times of before 1900, and with the
 * later of two instants where a clock was turned back. {@code java.time} does otherwise in all.
 */
final class Legacy {
    /** What the PostgreSQL driver uses for {@code infinity}, so that applications know it. */
    static final long DATE_POSITIVE_INFINITY = 9_223_372_036_825_200_000L;

    static final long DATE_NEGATIVE_INFINITY = -9_223_372_036_832_400_000L;

    private static final LocalDate DAY_ONE = LocalDate.ofEpochDay(0);
    private static final int FIRST_YEAR_OF_RULES = 1901;
    private static final Instant GREGORIAN = Instant.parse("1582-10-15T00:00:00Z");

    private Legacy() {}

    static TimeZone zone(@Nullable Calendar calendar) {
        return calendar == null ? TimeZone.getDefault() : calendar.getTimeZone();
    }

    static ZoneOffset offset(TimeZone zone, long millis) {
        return ZoneOffset.ofTotalSeconds(zone.getOffset(millis) / 1000);
    }

    /** The day that a calendar of a zone shows. */
    static LocalDate day(long millis, TimeZone zone) {
        GregorianCalendar calendar = new GregorianCalendar(zone, Locale.ROOT);
        calendar.setTimeInMillis(millis);
        int year = calendar.get(Calendar.YEAR);
        return LocalDate.of(
                        calendar.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
                        calendar.get(Calendar.MONTH) + 1,
                        1)
                // The Julian calendar has days that the other has not.
                .plusDays(calendar.get(Calendar.DAY_OF_MONTH) - 1L);
    }

    /** When a calendar of a zone shows this, rounded down to a second. */
    private static long second(LocalDateTime v, TimeZone zone, Manner manner) {
        if (manner == Manner.H2) {
            // Its driver goes by java.time.
            return v.atZone(zone.toZoneId()).toEpochSecond();
        }
        if (v.getYear() >= FIRST_YEAR_OF_RULES) {
            List<ZoneOffset> offsets = zone.toZoneId().getRules().getValidOffsets(v);
            if (offsets.size() == 1) {
                return v.toEpochSecond(offsets.get(0));
            }
        }
        GregorianCalendar calendar = new GregorianCalendar(zone, Locale.ROOT);
        calendar.clear();
        int year = v.getYear();
        calendar.set(Calendar.ERA, year > 0 ? GregorianCalendar.AD : GregorianCalendar.BC);
        calendar.set(
                year > 0 ? year : 1 - year,
                v.getMonthValue() - 1,
                v.getDayOfMonth(),
                v.getHour(),
                v.getMinute(),
                v.getSecond());
        return calendar.getTimeInMillis() / 1000;
    }

    static Date date(LocalDate v, @Nullable Calendar calendar, Manner manner) {
        if (v.equals(LocalDate.MAX)) {
            return new Date(DATE_POSITIVE_INFINITY);
        }
        if (v.equals(LocalDate.MIN)) {
            return new Date(DATE_NEGATIVE_INFINITY);
        }
        return calendar == null && manner != Manner.H2
                ? Date.valueOf(v)
                : new Date(second(v.atStartOfDay(), zone(calendar), manner) * 1000);
    }

    static Time time(LocalTime v, @Nullable Calendar calendar, Manner manner) {
        long seconds = second(v.atDate(DAY_ONE), zone(calendar), manner);
        return new Time(seconds * 1000 + v.getNano() / 1_000_000);
    }

    static Timestamp timestamp(LocalDateTime v, @Nullable Calendar calendar, Manner manner) {
        if (v.equals(LocalDateTime.MAX)) {
            return new Timestamp(DATE_POSITIVE_INFINITY);
        }
        if (v.equals(LocalDateTime.MIN)) {
            return new Timestamp(DATE_NEGATIVE_INFINITY);
        }
        return calendar == null && manner != Manner.H2
                ? Timestamp.valueOf(v)
                : timestamp(second(v, zone(calendar), manner), v.getNano());
    }

    static boolean isJulian(OffsetDateTime v) {
        return !v.equals(OffsetDateTime.MIN) && v.toInstant().isBefore(GREGORIAN);
    }

    /** The beginning of a moment's day as a calendar of the zone counts it. */
    static Date midnight(Timestamp moment, TimeZone zone) {
        GregorianCalendar calendar = new GregorianCalendar(zone, Locale.ROOT);
        calendar.setTimeInMillis(moment.getTime());
        calendar.set(Calendar.HOUR_OF_DAY, 0);
        calendar.set(Calendar.MINUTE, 0);
        calendar.set(Calendar.SECOND, 0);
        calendar.set(Calendar.MILLISECOND, 0);
        return new Date(calendar.getTimeInMillis());
    }

    static Timestamp timestamp(OffsetDateTime v, Manner manner) {
        if (v.equals(OffsetDateTime.MAX)) {
            return new Timestamp(DATE_POSITIVE_INFINITY);
        }
        if (v.equals(OffsetDateTime.MIN)) {
            return new Timestamp(DATE_NEGATIVE_INFINITY);
        }
        Instant instant = v.toInstant();
        // What PostgreSQL's driver wrote as a Julian date it reads as one.
        return manner == Manner.POSTGRES && instant.isBefore(GREGORIAN)
                ? timestamp(
                        second(
                                LocalDateTime.ofInstant(instant, ZoneOffset.UTC),
                                TimeZone.getTimeZone("UTC"),
                                manner),
                        v.getNano())
                : timestamp(instant.getEpochSecond(), instant.getNano());
    }

    private static Timestamp timestamp(long seconds, int nanos) {
        Timestamp t = new Timestamp(seconds * 1000);
        t.setNanos(nanos);
        return t;
    }
}
