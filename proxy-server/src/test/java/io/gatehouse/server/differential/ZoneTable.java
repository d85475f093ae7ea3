package io.gatehouse.server.differential;

import io.gatehouse.server.differential.ZoneValues.Writer;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table with a column of each type of time that a kind has, written and read in every way. */
final class ZoneTable {
    private static final Map<String, List<Class<?>>> CLASSES =
            Map.of(
                    "date",
                    List.of(LocalDate.class, Date.class),
                    "time",
                    List.of(LocalTime.class, Time.class),
                    "offset_time",
                    List.of(OffsetTime.class, Time.class),
                    "moment",
                    List.of(LocalDateTime.class, LocalDate.class, Timestamp.class),
                    "zoned",
                    List.of(OffsetDateTime.class, Timestamp.class));

    private final Map<String, String> columns;

    private ZoneTable(Map<String, String> columns) {
        this.columns = columns;
    }

    static ZoneTable of(String kind) {
        Map<String, String> columns = new LinkedHashMap<>();
        switch (kind) {
            case "postgresql" -> {
                columns.put("date", "date");
                columns.put("time", "time");
                columns.put("offset_time", "timetz");
                columns.put("moment", "timestamp");
                columns.put("zoned", "timestamptz");
            }
            case "mariadb", "mysql" -> {
                columns.put("date", "date");
                columns.put("time", "time(6)");
                columns.put("moment", "datetime(6)");
                columns.put("zoned", "timestamp(6) null");
            }
            case "h2" -> {
                columns.put("date", "date");
                columns.put("time", "time(9)");
                columns.put("offset_time", "time(9) with time zone");
                columns.put("moment", "timestamp(9)");
                columns.put("zoned", "timestamp(9) with time zone");
            }
            default -> {
                columns.put("date", "date");
                columns.put("time", "time");
                columns.put("moment", "timestamp");
            }
        }
        return new ZoneTable(columns);
    }

    void create(Connection c) throws SQLException {
        StringBuilder sql = new StringBuilder("create table zoned (id int primary key");
        columns.forEach((name, type) -> sql.append(", a_").append(name).append(' ').append(type));
        try (Statement s = c.createStatement()) {
            s.execute("drop table if exists zoned");
            s.execute(sql.append(')').toString());
        }
    }

    void write(Connection c, Transcript t) throws SQLException {
        // A failure ends a transaction of PostgreSQL; elsewhere a commit each would take long.
        boolean alone = c.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        c.setAutoCommit(alone);
        try (Statement s = c.createStatement()) {
            s.execute("delete from zoned");
        }
        int first = 0;
        for (Writer writer : ZoneValues.WRITERS) {
            write(c, t, writer, first);
            first += 100;
        }
        c.setAutoCommit(true);
    }

    private void write(Connection c, Transcript t, Writer writer, int first) throws SQLException {
        List<String> into =
                columns.keySet().stream()
                        .filter(name -> writer.columns().indexOf(name.charAt(0)) >= 0)
                        .toList();
        StringBuilder sql = new StringBuilder("insert into zoned (id");
        into.forEach(name -> sql.append(", a_").append(name));
        sql.append(") values (?").append(", ?".repeat(into.size())).append(')');
        try (PreparedStatement s = c.prepareStatement(sql.toString())) {
            for (int v = 0; v < ZoneValues.MOMENTS.size(); v++) {
                int id = first + v;
                if (!whole(s, writer, into, id)) {
                    singly(c, t, writer, into, id);
                }
            }
        }
    }

    private static boolean whole(PreparedStatement s, Writer writer, List<String> into, int id) {
        try {
            s.setInt(1, id);
            for (int i = 0; i < into.size(); i++) {
                writer.bind().to(s, i + 2, ZoneValues.MOMENTS.get(id % 100));
            }
            s.executeUpdate();
            return true;
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    private static void singly(Connection c, Transcript t, Writer writer, List<String> into, int id)
            throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("insert into zoned (id) values (" + id + ")");
        }
        for (String column : into) {
            String sql = "update zoned set a_" + column + " = ? where id = " + id;
            try (PreparedStatement s = c.prepareStatement(sql)) {
                t.attempt(
                        column + " < " + what(id),
                        () -> {
                            writer.bind().to(s, 1, ZoneValues.MOMENTS.get(id % 100));
                            s.executeUpdate();
                        });
            }
        }
    }

    private static String what(int id) {
        return ZoneValues.WRITERS.get(id / 100).name() + " " + ZoneValues.MOMENTS.get(id % 100);
    }

    /** Reads everything in every way, by a plain statement or a prepared one. */
    void read(Connection c, Transcript t, boolean prepared) throws SQLException {
        String sql = "select * from zoned order by id";
        if (!prepared) {
            try (Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery(sql)) {
                read(rows, t);
            }
            return;
        }
        try (PreparedStatement s = c.prepareStatement(sql);
                ResultSet rows = s.executeQuery()) {
            read(rows, t);
        }
    }

    private void read(ResultSet rows, Transcript t) throws SQLException {
        List<String> names = new ArrayList<>(columns.keySet());
        while (rows.next()) {
            int id = rows.getInt(1);
            for (int i = 0; i < names.size(); i++) {
                if (rows.getString(i + 2) != null) {
                    String name = names.get(i);
                    read(rows, t, i + 2, name, name + " < " + what(id) + " > ");
                }
            }
        }
    }

    /** By the getters that JDBC's tables recommend for the type of the column. */
    private static void read(ResultSet rows, Transcript t, int i, String name, String what) {
        t.get(what + "getObject", () -> exact(rows.getObject(i)));
        t.get(what + "getString", () -> rows.getString(i));
        boolean dates = !name.endsWith("time");
        if (dates) {
            t.get(what + "getDate", () -> exact(rows.getDate(i)));
            t.get(what + "getDate Tokyo", () -> exact(rows.getDate(i, ZoneValues.TOKYO)));
            t.get(what + "getTimestamp", () -> exact(rows.getTimestamp(i)));
            t.get(what + "getTimestamp Tokyo", () -> exact(rows.getTimestamp(i, ZoneValues.TOKYO)));
            t.get(
                    what + "getTimestamp New York",
                    () -> exact(rows.getTimestamp(i, ZoneValues.NEW_YORK)));
        }
        if (!name.equals("date")) {
            t.get(what + "getTime", () -> exact(rows.getTime(i)));
            t.get(what + "getTime New York", () -> exact(rows.getTime(i, ZoneValues.NEW_YORK)));
        }
        for (Class<?> type : CLASSES.get(name)) {
            t.get(what + type.getSimpleName(), () -> exact(rows.getObject(i, type)));
        }
    }

    /** Without a zone of the one who looks, where the value itself has none. */
    private static Object exact(Object value) {
        return switch (value) {
            case Timestamp v -> "Timestamp " + v.getTime() + " " + v.getNanos();
            case java.util.Date v -> v.getClass().getSimpleName() + " " + v.getTime();
            case null, default -> value;
        };
    }
}
