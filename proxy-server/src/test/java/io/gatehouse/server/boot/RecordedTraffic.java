package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.boot.InProcess.Answer;
import io.gatehouse.server.testing.TestBroker.Database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** What two people ask a real broker for, and what it puts on record of that. */
final class RecordedTraffic {
    static final String PASSWORD = "secret";

    static final String POLICY =
            """
            policy: 1
            default: allow
            rules:
              - name: no-drop
                match: {verbs: [drop]}
                decide: deny
                reason: DROP cannot be taken back
              - name: sure
                match: {verbs: [truncate]}
                decide: confirm
                reason: everything goes away
            """;

    private static final List<String> ANALYST =
            List.of(
                    "select id, name from guests where id = 7",
                    "select id, name from guests where id = 8",
                    "select count(*), max(length(name)) from shop.guests",
                    "select g.name, s.total from guests g join sales s on s.guest = g.id"
                            + " where s.total > 3.5 and g.name in ('a', 'b', 'c')",
                    "with big as (select * from sales where total > 10) select * from big",
                    "select date '2026-01-01' + interval '1 day'",
                    "select 1",
                    "show server_version",
                    "set timezone = 'UTC'",
                    "explain select * from guests");
    private static final List<String> CLERK =
            List.of(
                    "insert into sales (id, guest, total) values (1, 1, 5), (2, 1, 6), (3, 2, 7)",
                    "insert into sales select id + 100, id, 4 from guests where id < 3",
                    "update sales set total = 9 where id = 2",
                    "delete from sales where id = 3",
                    "create temporary table scratch (a int)",
                    "insert into scratch values (1)",
                    "truncate scratch",
                    "select * from \"Odd name\" where \"a b\" = 'x'",
                    "delete from sales where 2 > 1",
                    "drop table guests");

    private RecordedTraffic() {}

    /** Makes the tables. */
    static void prepare() throws SQLException {
        Database database = Database.postgres();
        database.prepare(
                "drop schema if exists shop cascade",
                "create schema shop",
                "create table shop.guests (id int, name text)",
                "create table shop.sales (id int, guest int, total numeric)",
                "create table shop.\"Odd name\" (\"a b\" text)",
                "insert into shop.guests values (1, 'a'), (2, 'b')");
    }

    /**
     * What the broker puts on record of it.
     *
     * @param text the setting {@code audit.text}
     */
    static Path record(Path conf, String text) throws Exception {
        Files.createDirectories(conf.resolve("policies"));
        Files.createDirectories(conf.resolve("connections"));
        Files.writeString(conf.resolve("policies/p.yaml"), POLICY);
        Files.writeString(
                conf.resolve("users.yaml"), user("ann", "analysts") + user("cal", "clerks"));
        Path key = conf.resolve("key");
        assertThat(InProcess.run("", "secret", "new-key", key.toString()).status()).isZero();
        Files.writeString(
                conf.resolve("gatehouse.yaml"),
                """
                listen: {port: 0}
                admin: {port: 0}
                audit: {file: audit.jsonl, text: %s}
                master-key: {file: key}
                """
                        .formatted(text));
        connection(conf, Database.postgres());
        try (InProcess broker = InProcess.serve(conf)) {
            run(broker, "ann", ANALYST);
            run(broker, "cal", CLERK);
        }
        return conf.resolve("audit.jsonl");
    }

    private static void connection(Path conf, Database database) throws Exception {
        Answer sealed =
                InProcess.run(
                        database.password() + "\n",
                        "secret",
                        "seal",
                        "--connection",
                        "shop",
                        "--conf",
                        conf.toString());
        assertThat(sealed.err()).isEmpty();
        Files.writeString(
                conf.resolve("connections/shop.yaml"),
                String.format(
                        Locale.ROOT,
                        """
                        kind: postgresql
                        host: %s
                        port: %d
                        database: %s
                        user: %s
                        password: {sealed: "%s"}
                        grants: {users: [ann, cal]}
                        """,
                        database.host(),
                        database.port(),
                        database.name(),
                        database.user(),
                        sealed.out().strip()));
    }

    private static String user(String name, String group) {
        return "- name: %s\n  verifier: %s\n  groups: [%s]\n"
                .formatted(name, ScramVerifier.of(PASSWORD.toCharArray()).text(), group);
    }

    private static void run(InProcess broker, String user, List<String> texts) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + broker.port() + "/shop";
        try (Connection c = DriverManager.getConnection(url, user, PASSWORD);
                Statement s = c.createStatement()) {
            s.execute("set search_path = shop");
            for (String text : texts) {
                run(s, text);
            }
            try (PreparedStatement p = c.prepareStatement("select name from guests where id = ?")) {
                p.setInt(1, 1);
                p.execute();
            }
        }
    }

    private static void run(Statement s, String text) throws SQLException {
        try {
            s.execute(text);
        } catch (SQLException e) {
            String message = e.getMessage();
            int token = message.indexOf("/* confirm:");
            if (token >= 0) {
                int end = message.indexOf("*/", token) + 2;
                s.execute(message.substring(token, end) + " " + text);
            } else {
                assertThat(message).contains("no-drop");
            }
        }
    }
}
