package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;
import io.gatehouse.server.differential.Transcript.Read;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Days that are in no calendar, which MariaDB and MySQL store all the same. */
final class DayProbes {
    private static final List<String> SET_UP =
            List.of(
                    "drop table if exists days",
                    "set sql_mode = ''",
                    "create table days (id int, d date, t datetime, f datetime(6), s timestamp"
                            + " null)",
                    "insert into days values (1, '0000-00-00', '0000-00-00', '0000-00-00',"
                            + " '0000-00-00')",
                    "insert into days values (2, '2024-00-00', '2024-00-00 10:20:30',"
                            + " '2024-05-00 10:20:30.5', '2024-05-06 01:02:03')",
                    "insert into days values (3, '0000-01-01', '0000-00-01', null, null)",
                    "insert into days values (4, '2024-02-29', '2024-02-29 10:20:30',"
                            + " '2024-02-29 10:20:30.123456', null)",
                    "set sql_mode = default");

    private static final String SELECT = "select d, t, f, s, id from days order by id";

    private DayProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("days", DayProbes::stated);
        probes.put("days prepared", DayProbes::prepared);
        return probes;
    }

    static void create(Connection c) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String sql : SET_UP) {
                s.execute(sql);
            }
        }
    }

    private static void stated(Connection c, Transcript t) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(SELECT)) {
            read(t, rows);
        }
    }

    private static void prepared(Connection c, Transcript t) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(SELECT);
                ResultSet rows = s.executeQuery()) {
            read(t, rows);
        }
    }

    private static void read(Transcript t, ResultSet rows) throws SQLException {
        while (rows.next()) {
            int id = rows.getInt(5);
            for (int i = 1; i <= 4; i++) {
                int column = i;
                Map<String, Read> reads = new LinkedHashMap<>();
                reads.put("string", () -> rows.getString(column));
                reads.put("object", () -> rows.getObject(column));
                reads.put("date", () -> rows.getDate(column));
                reads.put("timestamp", () -> rows.getTimestamp(column));
                reads.put("Date", () -> rows.getObject(column, Date.class));
                reads.put("Timestamp", () -> rows.getObject(column, Timestamp.class));
                reads.put("LocalDate", () -> rows.getObject(column, LocalDate.class));
                reads.put("LocalDateTime", () -> rows.getObject(column, LocalDateTime.class));
                reads.put("String", () -> rows.getObject(column, String.class));
                reads.forEach((name, read) -> {
                    String what = "row " + id + " column " + column + " > " + name;
                    t.exact(what, read);
                    t.exact(what + " null", rows::wasNull);
                });
            }
        }
    }
}
