package io.gatehouse.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.kind.Target;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same programs, by stock pgjdbc, straight to PostgreSQL and through the broker. */
class PlainPostgresTest {
    private static final String POLICY = "policy: 1\ndefault: allow\n";

    private static EmbeddedPostgres postgres;
    private static PlainBroker broker;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        broker = new PlainBroker(folder, POLICY);
        Target target = Target.of("127.0.0.1", postgres.getPort(), "postgres");
        broker.add("pg", "postgresql", target, "postgres", 2);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
        postgres.close();
    }

    static Stream<Arguments> programs() {
        return PlainPrograms.ALL.keySet().stream()
                .flatMap(
                        name ->
                                Stream.of("extended", "simple", "extendedForPrepared")
                                        .map(mode -> Arguments.of(name, mode)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("programs")
    void sees_what_it_sees_without_a_broker(String name, String mode) throws SQLException {
        Map<String, String> properties =
                Map.of("preferQueryMode", mode, "options", "-c TimeZone=Europe/Berlin");
        List<String> expected;
        String direct = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
        java.util.Properties all = new java.util.Properties();
        all.putAll(properties);
        all.put("user", "postgres");
        try (Connection connection = DriverManager.getConnection(direct, all)) {
            expected = seen(name, connection);
        }
        try (Connection connection = broker.connect("pg", properties)) {
            assertThat(seen(name, connection)).isEqualTo(expected);
        }
    }

    private static List<String> seen(String name, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists thing");
            statement.execute("create table thing (id int4 primary key, name varchar(40))");
        }
        List<String> seen = new ArrayList<>();
        PlainPrograms.ALL.get(name).run(connection, seen);
        return seen;
    }
}
