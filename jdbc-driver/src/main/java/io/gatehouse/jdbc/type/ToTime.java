package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.TimeZone;

/** Values as dates and times. */
public final class ToTime {
    private static final LocalDate DAY_ONE = LocalDate.ofEpochDay(0);

    private ToTime() {}

    public static LocalDate toLocalDate(Cell cell) throws SQLException {
        return date(value(cell), null);
    }

    public static LocalTime toLocalTime(Cell cell) throws SQLException {
        Object value = value(cell);
        boolean moment = value instanceof LocalDateTime || value instanceof OffsetDateTime;
        if (moment && cell.manner() == Manner.POSTGRES) {
            throw Faults.noConversion("timestamp", "a LocalTime");
        }
        return time(value, null);
    }

    public static LocalDateTime toLocalDateTime(Cell cell) throws SQLException {
        return dateTime(value(cell), null);
    }

    private static Object value(Cell cell) throws SQLException {
        if (cell.type() == TypeId.NO_DAY) {
            throw noDay(cell);
        }
        Long millis = millis(cell);
        return millis == null
                ? cell.value()
                : LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault());
    }

    /** The day that a YEAR is. */
    static LocalDate ofYear(Cell cell) throws SQLException {
        long year = cell.integer();
        return LocalDate.of(year == 0 && cell.manner() == Manner.MYSQL ? 2000 : (int) year, 1, 1);
    }

    private static SQLException noDay(Cell cell) {
        return Faults.noDay(cell.manner() == Manner.MYSQL ? "S1009" : "22007");
    }

    /**
     * MariaDB's driver counts on from the days of the month before; MySQL's refuses them, and those
     * of the year 0.
     */
    private static Object countedOn(Cell cell, int shortest) throws SQLException {
        Object value = cell.value();
        if (cell.type() != TypeId.NO_DAY) {
            boolean none =
                    cell.manner() == Manner.MYSQL
                            && value instanceof LocalDate
                            && ((LocalDate) value).getYear() == 0;
            if (none) {
                throw noDay(cell);
            }
            return value;
        }
        String text = (String) value;
        if (cell.manner() == Manner.MYSQL || text.length() < shortest) {
            throw noDay(cell);
        }
        try {
            LocalDate day =
                    LocalDate.of(Integer.parseInt(text.substring(0, 4)), 1, 1)
                            .plusMonths(Integer.parseInt(text.substring(5, 7)) - 1L)
                            .plusDays(Integer.parseInt(text.substring(8, 10)) - 1L);
            return text.length() > 11 ? day.atTime(LocalTime.parse(text.substring(11))) : day;
        } catch (DateTimeException | NumberFormatException e) {
            throw Faults.violation("A day is not one.", e);
        }
    }

    /** A date of {@code java.sql} in the calendar's zone, or else the default one. */
    public static Date toDate(Cell cell, @Nullable Calendar calendar) throws SQLException {
        Long millis = millis(cell);
        if (millis != null) {
            return new Date(millis);
        }
        Object value = countedOn(cell, 10);
        if (cell.manner() == Manner.POSTGRES
                && value instanceof OffsetDateTime
                && Legacy.isJulian((OffsetDateTime) value)) {
            return Legacy.midnight(
                    Legacy.timestamp((OffsetDateTime) value, cell.manner()), Legacy.zone(calendar));
        }
        if (cell.manner() == Manner.MARIADB && value instanceof LocalDateTime) {
            // Its driver leaves the time of day in it.
            return new Date(
                    Legacy.timestamp((LocalDateTime) value, calendar, cell.manner()).getTime());
        }
        // H2's driver takes the day of the application's zone also for another's calendar.
        Calendar shown = cell.manner() == Manner.H2 ? null : calendar;
        return Legacy.date(date(value, Legacy.zone(shown)), calendar, cell.manner());
    }

    /** A time of {@code java.sql} in the calendar's zone, or else the default one. */
    public static Time toTime(Cell cell, @Nullable Calendar calendar) throws SQLException {
        Long millis = millis(cell);
        if (millis != null) {
            return new Time(millis);
        }
        Object value = cell.value();
        if (value instanceof OffsetTime) {
            OffsetTime time = (OffsetTime) value;
            return new Time(time.atDate(DAY_ONE).toInstant().toEpochMilli());
        }
        return Legacy.time(time(value, Legacy.zone(calendar)), calendar, cell.manner());
    }

    /** A timestamp of {@code java.sql} in the calendar's zone, or else the default one. */
    public static Timestamp toTimestamp(Cell cell, @Nullable Calendar calendar)
            throws SQLException {
        Long millis = millis(cell);
        if (millis != null) {
            return new Timestamp(millis);
        }
        Object value = countedOn(cell, 11);
        if (value instanceof String) {
            value = TimeText.parsed((String) value, "a timestamp");
        }
        if (value instanceof OffsetDateTime) {
            return Legacy.timestamp((OffsetDateTime) value, cell.manner());
        }
        return Legacy.timestamp(dateTime(value, Legacy.zone(calendar)), calendar, cell.manner());
    }

    public static OffsetDateTime toOffsetDateTime(Cell cell) throws SQLException {
        Object value = cell.value();
        if (value instanceof String) {
            value = TimeText.parsed((String) value, "an OffsetDateTime");
        }
        if (value instanceof OffsetDateTime) {
            return (OffsetDateTime) value;
        }
        LocalDateTime local = dateTime(value, null);
        if (local.equals(LocalDateTime.MAX) || local.equals(LocalDateTime.MIN)) {
            return local.equals(LocalDateTime.MAX) ? OffsetDateTime.MAX : OffsetDateTime.MIN;
        }
        return cell.manner() == Manner.POSTGRES
                ? local.atOffset(ZoneOffset.UTC)
                : local.atZone(ZoneId.systemDefault()).toOffsetDateTime();
    }

    public static OffsetTime toOffsetTime(Cell cell) throws SQLException {
        Object value = cell.value();
        if (value instanceof String) {
            value = TimeText.parsed((String) value, "an OffsetTime");
        }
        if (value instanceof OffsetTime) {
            return (OffsetTime) value;
        }
        if (value instanceof OffsetDateTime) {
            return ((OffsetDateTime) value).toOffsetTime();
        }
        LocalTime local = time(value, null);
        return local.atDate(DAY_ONE)
                .atZone(ZoneId.systemDefault())
                .toOffsetDateTime()
                .toOffsetTime();
    }

    /** SQLite's driver keeps dates as milliseconds; null where the value is none. */
    private static @Nullable Long millis(Cell cell) throws SQLException {
        if (cell.manner() != Manner.SQLITE) {
            return null;
        }
        if (cell.isInteger()) {
            return cell.integer();
        }
        Object value = cell.value();
        boolean digits = value instanceof String && ((String) value).matches("-?\\d{1,18}");
        return digits ? Long.valueOf((String) value) : null;
    }

    private static LocalDate date(Object value, @Nullable TimeZone zone) throws SQLException {
        if (value instanceof LocalDate) {
            return (LocalDate) value;
        }
        return dateTime(value, zone).toLocalDate();
    }

    private static LocalTime time(Object given, @Nullable TimeZone zone) throws SQLException {
        Object value = given instanceof String ? TimeText.parsed((String) given, "a time") : given;
        if (value instanceof LocalTime) {
            return (LocalTime) value;
        }
        if (value instanceof OffsetTime) {
            return ((OffsetTime) value).toLocalTime();
        }
        if (value instanceof LocalDate) {
            throw Faults.noConversion("date", "a time");
        }
        return dateTime(value, zone).toLocalTime();
    }

    private static LocalDateTime dateTime(Object given, @Nullable TimeZone zone)
            throws SQLException {
        Object value =
                given instanceof String ? TimeText.parsed((String) given, "a timestamp") : given;
        if (value instanceof LocalDateTime) {
            return (LocalDateTime) value;
        }
        if (value instanceof LocalDate) {
            LocalDate date = (LocalDate) value;
            if (date.equals(LocalDate.MAX)) {
                return LocalDateTime.MAX;
            }
            return date.equals(LocalDate.MIN) ? LocalDateTime.MIN : date.atStartOfDay();
        }
        if (value instanceof LocalTime) {
            return ((LocalTime) value).atDate(DAY_ONE);
        }
        if (value instanceof OffsetTime) {
            return ((OffsetTime) value).toLocalTime().atDate(DAY_ONE);
        }
        if (value instanceof OffsetDateTime) {
            return local((OffsetDateTime) value, zone);
        }
        throw Faults.noConversion(value.getClass().getSimpleName(), "a date or time");
    }

    /**
     * @param zone of {@code java.sql}; null for that of {@code java.time}
     */
    private static LocalDateTime local(OffsetDateTime time, @Nullable TimeZone zone)
            throws SQLException {
        if (time.equals(OffsetDateTime.MAX)) {
            return LocalDateTime.MAX;
        }
        if (time.equals(OffsetDateTime.MIN)) {
            return LocalDateTime.MIN;
        }
        try {
            Instant instant = time.toInstant();
            return zone == null
                    ? LocalDateTime.ofInstant(instant, ZoneId.systemDefault())
                    : LocalDateTime.ofInstant(instant, Legacy.offset(zone, instant.toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            throw Faults.outOfRange("of a time", "a date");
        }
    }
}
