package io.gatehouse.server.execute;

import java.sql.Date;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;

/** The days of {@code java.sql}, which are Julian before October 1582. */
final class CalendarDays {
    /** What pgjdbc takes for infinities. */
    private static final long POSITIVE_INFINITY = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE_INFINITY = -9_223_372_036_832_400_000L;

    private CalendarDays() {}

    /** The date that a calendar shows as these digits. */
    static Date midnight(LocalDate digits, GregorianCalendar calendar) {
        if (digits.equals(LocalDate.MAX) || digits.equals(LocalDate.MIN)) {
            return new Date(digits.equals(LocalDate.MAX) ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
        }
        int year = digits.getYear();
        calendar.clear();
        calendar.set(Calendar.ERA, year > 0 ? GregorianCalendar.AD : GregorianCalendar.BC);
        calendar.set(
                year > 0 ? year : 1 - year, digits.getMonthValue() - 1, digits.getDayOfMonth());
        return new Date(calendar.getTimeInMillis());
    }

    /** The digits that a calendar shows of an instant. */
    static LocalDateTime shown(OffsetDateTime instant, GregorianCalendar calendar) {
        calendar.setTimeInMillis(instant.toInstant().toEpochMilli());
        int year = calendar.get(Calendar.YEAR);
        return LocalDate.of(
                        calendar.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
                        calendar.get(Calendar.MONTH) + 1,
                        1)
                .plusDays(calendar.get(Calendar.DAY_OF_MONTH) - 1L)
                .atTime(instant.toLocalTime());
    }
}
