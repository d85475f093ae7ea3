package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The stock PostgreSQL driver must not notice whether it talks to PostgreSQL or to Gatehouse. */
class PostgresDriverTest {
    private static TestBroker broker;
    private static TestBroker.Database database;

    @BeforeAll
    static void start() throws Exception {
        database = TestBroker.Database.postgres();
        broker = TestBroker.permissive().serve("probes", database, 4);
        try (Connection c = database.direct();
                Statement s = c.createStatement()) {
            s.execute("drop table if exists probe, keyed");
            for (String sql : Flavor.postgres().setUp()) {
                s.execute(sql);
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @TestFactory
    Stream<DynamicTest> sameAsDirect() {
        Map<String, Probes.Probe> probes = Probes.all(Flavor.postgres());
        return probes.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> same(e.getValue())));
    }

    private static void same(Probes.Probe probe) throws SQLException {
        List<String> direct;
        try (Connection c = database.direct()) {
            direct = transcript(c, probe);
        }
        try (Connection c = broker.connectAsPostgres("probes")) {
            assertThat(transcript(c, probe)).isEqualTo(direct);
        }
    }

    private static List<String> transcript(Connection c, Probes.Probe probe) throws SQLException {
        Transcript transcript = new Transcript();
        probe.run(c, transcript);
        return transcript.lines();
    }
}
