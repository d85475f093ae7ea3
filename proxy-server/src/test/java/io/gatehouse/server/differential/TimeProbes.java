package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** Dates and times, in both directions. */
final class TimeProbes {
    private TimeProbes() {}

    static Map<String, Probe> all(Flavor flavor) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        if (!flavor.timed().isEmpty()) {
            probes.put("java.time", (c, t) -> javaTime(c, t, flavor));
            probes.put("java.sql times", (c, t) -> legacy(c, t, flavor));
            probes.put("calendars", (c, t) -> calendars(c, t, flavor));
        }
        return probes;
    }

    private static void table(Connection c, Flavor flavor) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("drop table if exists timed");
            List<String> types = flavor.timed();
            s.execute(
                    "create table timed (id int primary key, a_date %s, a_time %s, a_moment %s,"
                                    .formatted(types.get(0), types.get(1), types.get(2))
                            + " a_zoned "
                            + types.get(3)
                            + ")");
        }
    }

    private static void back(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select * from timed order by id")) {
            t.getters("back", rows, true);
        }
        try (Statement s = c.createStatement()) {
            s.execute("drop table timed");
        }
    }

    private static void javaTime(Connection c, Transcript t, Flavor flavor) throws SQLException {
        table(c, flavor);
        OffsetDateTime zoned = OffsetDateTime.parse("2024-06-30T23:30:00.123456+05:30");
        List<LocalDateTime> moments =
                List.of(
                        LocalDateTime.parse("2024-02-29T13:14:15.123456"),
                        LocalDateTime.parse("1999-12-31T23:59:59"),
                        LocalDateTime.parse("2024-03-31T02:30:00.000001"),
                        LocalDateTime.parse("1970-01-01T00:00:00.5"));
        try (PreparedStatement s = c.prepareStatement("insert into timed values (?, ?, ?, ?, ?)")) {
            int id = 0;
            for (LocalDateTime moment : moments) {
                s.setInt(1, ++id);
                s.setObject(2, moment.toLocalDate());
                s.setObject(3, moment.toLocalTime());
                s.setObject(4, moment);
                s.setObject(5, zoned.plusDays(id));
                t.attempt("insert " + id, s::executeUpdate);
            }
            s.setInt(1, 90);
            s.setObject(2, LocalDate.of(2024, 2, 29), Types.DATE);
            s.setObject(3, LocalTime.of(1, 2, 3), Types.TIME);
            s.setObject(4, LocalDateTime.of(2024, 2, 29, 1, 2, 3), Types.TIMESTAMP);
            t.attempt(
                    "insert typed",
                    () -> {
                        s.setObject(5, zoned, Types.TIMESTAMP_WITH_TIMEZONE);
                        s.executeUpdate();
                    });
            s.setInt(1, 91);
            for (int i = 2; i <= 5; i++) {
                s.setObject(i, null);
            }
            t.attempt("insert nulls", s::executeUpdate);
        }
        back(c, t);
    }

    private static void legacy(Connection c, Transcript t, Flavor flavor) throws SQLException {
        table(c, flavor);
        try (PreparedStatement s = c.prepareStatement("insert into timed values (?, ?, ?, ?, ?)")) {
            int id = 0;
            for (String moment :
                    List.of(
                            "2024-02-29 13:14:15.123456",
                            "1999-12-31 23:59:59.999999",
                            "1970-01-01 00:00:01")) {
                Timestamp timestamp = Timestamp.valueOf(moment);
                s.setInt(1, ++id);
                s.setDate(2, new Date(timestamp.getTime()));
                s.setTime(3, Time.valueOf(moment.substring(11, 19)));
                s.setTimestamp(4, timestamp);
                s.setTimestamp(5, timestamp);
                t.attempt("insert " + id, s::executeUpdate);
            }
            s.setInt(1, 90);
            s.setTimestamp(2, null);
            s.setObject(3, Time.valueOf("05:06:07"));
            s.setObject(4, Date.valueOf("2024-02-29"));
            s.setObject(5, Timestamp.valueOf("2024-02-29 01:02:03"));
            t.attempt("insert objects", s::executeUpdate);
        }
        back(c, t);
    }

    private static void calendars(Connection c, Transcript t, Flavor flavor) throws SQLException {
        table(c, flavor);
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
        try (PreparedStatement s = c.prepareStatement("insert into timed values (?, ?, ?, ?, ?)")) {
            Timestamp timestamp = Timestamp.valueOf("2024-02-29 20:14:15.5");
            s.setInt(1, 1);
            s.setDate(2, new Date(timestamp.getTime()), tokyo);
            s.setTime(3, Time.valueOf("20:14:15"), tokyo);
            s.setTimestamp(4, timestamp, tokyo);
            s.setTimestamp(5, timestamp, tokyo);
            t.attempt("insert", s::executeUpdate);
        }
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select * from timed order by id")) {
            while (rows.next()) {
                t.get("date", () -> rows.getDate(2, tokyo).getTime());
                t.get("time", () -> rows.getTime(3, tokyo).getTime());
                t.get("timestamp", () -> rows.getTimestamp(4, tokyo).getTime());
                t.get("zoned", () -> rows.getTimestamp(5, tokyo).getTime());
            }
        }
        back(c, t);
    }
}
