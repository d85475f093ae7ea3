package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Line;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;

/**
 * The client's process: what is written directly is read both ways, and what is written through the
 * broker is read directly, so that equal mistakes on the way in and out cannot hide each other.
 */
final class ZoneProgram {
    private static final int WORDS = 7;

    private final String kind;
    private final String directUrl;
    private final String directUser;
    private final String directPassword;
    private final String url;
    private final String user;
    private final String password;
    private final List<String> differences = new ArrayList<>();

    private ZoneProgram(List<String> words) {
        kind = words.get(0);
        directUrl = words.get(1);
        directUser = words.get(2);
        directPassword = words.get(3);
        url = words.get(4);
        user = words.get(5);
        password = words.get(6);
    }

    /** For each kind: its name, then URL, user and password, directly and through the broker. */
    public static void main(String[] args) throws SQLException {
        int found = 0;
        for (int at = 0; at < args.length; at += WORDS) {
            ZoneProgram program = new ZoneProgram(List.of(args).subList(at, at + WORDS));
            program.run();
            found += program.differences.size();
            program.differences.forEach(System.out::println);
        }
        System.out.println(found + " differences in " + TimeZone.getDefault().getID());
        System.exit(0);
    }

    private void run() throws SQLException {
        compare("", kind.equals("postgresql") ? "?prepareThreshold=0" : "");
        String zone =
                switch (kind) {
                    case "postgresql" -> "set time zone 'Asia/Kathmandu'";
                    case "mariadb", "mysql" -> "set time_zone = '-03:30'";
                    default -> "";
                };
        if (!zone.isEmpty()) {
            compare(zone, kind.equals("postgresql") ? "?prepareThreshold=0" : "");
        }
    }

    private void compare(String zone, String options) throws SQLException {
        ZoneTable table = ZoneTable.of(kind);
        try (Connection direct =
                        DriverManager.getConnection(
                                directUrl + options, directUser, directPassword);
                Connection through = DriverManager.getConnection(url, user, password)) {
            if (!zone.isEmpty()) {
                run(direct, zone);
                run(through, zone);
            }
            table.create(direct);
            List<Line> written = Transcript.of(direct, table::write);
            List<Line> read = Transcript.of(direct, (c, t) -> table.read(c, t, false));
            differ("read", read, Transcript.of(through, (c, t) -> table.read(c, t, false)));
            differ("read prepared", read, Transcript.of(through, (c, t) -> table.read(c, t, true)));
            differ("write", written, Transcript.of(through, table::write));
            differ("written", read, Transcript.of(direct, (c, t) -> table.read(c, t, false)));
        }
    }

    private static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private void differ(String what, List<Line> direct, List<Line> through) {
        String where = "zones " + kind + "/" + what;
        Comparison.differences(where, direct, through)
                .forEach(difference -> differences.add(where + "/" + difference));
    }
}
