package io.gatehouse.server.differential;

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
        Map<String, Transcript.Probe> probes = Probes.all(Flavor.postgres());
        return probes.entrySet().stream()
                .map(e ->
                        DynamicTest.dynamicTest(e.getKey(), () -> same(e.getKey(), e.getValue())));
    }

    private static void same(String what, Transcript.Probe probe) throws SQLException {
        List<Transcript.Line> direct;
        try (Connection c = database.direct()) {
            Probes.clean(c);
            direct = Transcript.of(c, probe);
        }
        try (Connection c = database.direct()) {
            Probes.clean(c);
        }
        try (Connection c = broker.connectAsPostgres("probes")) {
            Comparison.same("pgjdbc/" + what, direct, Transcript.of(c, probe));
        }
    }
}
