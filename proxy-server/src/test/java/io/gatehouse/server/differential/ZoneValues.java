package io.gatehouse.server.differential;

import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** Moments that zones make hard, and the ways in which an application writes them. */
final class ZoneValues {
    static final Calendar TOKYO = calendar("Asia/Tokyo");
    static final Calendar NEW_YORK = calendar("America/New_York");

    /** Taken as local times, and as those of UTC where an instant is written. */
    static final List<LocalDateTime> MOMENTS =
            List.of(
                    LocalDateTime.parse("2024-02-29T13:14:15.123456789"),
                    LocalDateTime.parse("2024-06-30T23:59:59.9999999"),
                    // New York: a gap, and both sides of an overlap
                    LocalDateTime.parse("2024-03-10T02:30:00.000001"),
                    LocalDateTime.parse("2024-03-10T07:00"),
                    LocalDateTime.parse("2024-11-03T01:30"),
                    LocalDateTime.parse("2024-11-03T05:30"),
                    LocalDateTime.parse("2024-11-03T06:30:00.5"),
                    // Lord Howe: half an hour
                    LocalDateTime.parse("2024-10-06T02:15"),
                    LocalDateTime.parse("2024-10-05T15:30"),
                    // Apia: a day that there was not
                    LocalDateTime.parse("2011-12-30T12:00"),
                    // Sao Paulo: a day without a midnight
                    LocalDateTime.parse("2018-11-04T00:00"),
                    LocalDateTime.parse("1970-01-01T00:00"),
                    LocalDateTime.parse("1970-01-02T03:04:05.006"),
                    LocalDateTime.parse("1969-12-31T23:59:59.999999"),
                    // offsets with seconds
                    LocalDateTime.parse("1883-11-18T16:50:00"),
                    LocalDateTime.parse("1582-10-10T00:00"),
                    LocalDateTime.parse("1500-06-01T12:00"),
                    LocalDateTime.parse("0001-01-01T00:00"),
                    LocalDateTime.parse("-0043-03-15T10:00"),
                    LocalDateTime.parse("2038-01-19T03:14:07"),
                    LocalDateTime.parse("9999-12-31T23:59:59.999999"),
                    LocalDateTime.parse("+20000-01-01T00:00"));

    static final List<Writer> WRITERS =
            List.of(
                    new Writer("LocalDate", "dmz", (s, i, v) -> s.setObject(i, v.toLocalDate())),
                    new Writer("LocalTime", "to", (s, i, v) -> s.setObject(i, v.toLocalTime())),
                    new Writer("LocalDateTime", "dtmz", (s, i, v) -> s.setObject(i, v)),
                    new Writer(
                            "OffsetTime",
                            "to",
                            (s, i, v) -> s.setObject(i, offset(v).toOffsetTime())),
                    new Writer("OffsetDateTime", "dtmz", (s, i, v) -> s.setObject(i, offset(v))),
                    new Writer(
                            "ZonedDateTime",
                            "mz",
                            (s, i, v) ->
                                    s.setObject(i, instant(v).atZone(ZoneId.of("Europe/Paris")))),
                    new Writer("Instant", "mz", (s, i, v) -> s.setObject(i, instant(v))),
                    new Writer("Date", "dmz", (s, i, v) -> s.setDate(i, date(v))),
                    new Writer("Date Tokyo", "dmz", (s, i, v) -> s.setDate(i, date(v), TOKYO)),
                    new Writer(
                            "Date New York", "dmz", (s, i, v) -> s.setDate(i, date(v), NEW_YORK)),
                    new Writer("Time", "to", (s, i, v) -> s.setTime(i, time(v))),
                    new Writer("Time Tokyo", "to", (s, i, v) -> s.setTime(i, time(v), TOKYO)),
                    new Writer("Time New York", "to", (s, i, v) -> s.setTime(i, time(v), NEW_YORK)),
                    new Writer("Timestamp", "dtomz", (s, i, v) -> s.setTimestamp(i, timestamp(v))),
                    new Writer(
                            "Timestamp Tokyo",
                            "dtmz",
                            (s, i, v) -> s.setTimestamp(i, timestamp(v), TOKYO)),
                    new Writer(
                            "Timestamp New York",
                            "dtmz",
                            (s, i, v) -> s.setTimestamp(i, timestamp(v), NEW_YORK)),
                    new Writer("object Date", "dmz", (s, i, v) -> s.setObject(i, date(v))),
                    new Writer("object Time", "to", (s, i, v) -> s.setObject(i, time(v))),
                    new Writer(
                            "object Timestamp", "dtmz", (s, i, v) -> s.setObject(i, timestamp(v))),
                    new Writer(
                            "zoned Timestamp",
                            "mz",
                            (s, i, v) ->
                                    s.setObject(i, timestamp(v), Types.TIMESTAMP_WITH_TIMEZONE)),
                    new Writer(
                            "zoned OffsetDateTime",
                            "mz",
                            (s, i, v) -> s.setObject(i, offset(v), Types.TIMESTAMP_WITH_TIMEZONE)),
                    new Writer(
                            "java.util.Date",
                            "dtmz",
                            (s, i, v) ->
                                    s.setObject(
                                            i, java.util.Date.from(instant(v)), Types.TIMESTAMP)),
                    new Writer(
                            "Timestamp as date",
                            "d",
                            (s, i, v) -> s.setObject(i, timestamp(v), Types.DATE)),
                    new Writer(
                            "Timestamp as time",
                            "t",
                            (s, i, v) -> s.setObject(i, timestamp(v), Types.TIME)),
                    new Writer("text date", "dmz", (s, i, v) -> s.setString(i, day(v))),
                    new Writer("text time", "to", (s, i, v) -> s.setString(i, hour(v))),
                    new Writer("text", "mz", (s, i, v) -> s.setString(i, day(v) + " " + hour(v))));

    private ZoneValues() {}

    /** Gives one value to one parameter. */
    interface Bind {
        void to(PreparedStatement statement, int index, LocalDateTime value) throws SQLException;
    }

    /**
     * A way to write.
     *
     * @param columns the first letters of the columns that it makes sense for
     */
    record Writer(String name, String columns, Bind bind) {}

    private static Calendar calendar(String zone) {
        return Calendar.getInstance(TimeZone.getTimeZone(zone), Locale.ROOT);
    }

    private static Instant instant(LocalDateTime value) {
        return value.toInstant(ZoneOffset.UTC);
    }

    private static java.time.OffsetDateTime offset(LocalDateTime value) {
        return instant(value).atOffset(ZoneOffset.ofHoursMinutes(5, 45));
    }

    private static Timestamp timestamp(LocalDateTime value) {
        return Timestamp.from(instant(value));
    }

    private static Date date(LocalDateTime value) {
        return new Date(instant(value).toEpochMilli());
    }

    /** A time of day of the client's zone, on the first day as the class has it. */
    private static Time time(LocalDateTime value) {
        return Time.valueOf(value.toLocalTime());
    }

    private static String day(LocalDateTime value) {
        return value.toLocalDate().toString();
    }

    private static String hour(LocalDateTime value) {
        return value.toLocalTime().toString();
    }
}
