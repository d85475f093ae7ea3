package io.gatehouse.server.differential;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Procedures and functions answer the vendor's driver and Gatehouse's alike. */
class CallDriverTest {
    private static final List<Connection> KEEPERS = new ArrayList<>();
    private static TestBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = TestBroker.permissive();
    }

    @AfterAll
    static void stop() throws SQLException {
        broker.close();
        for (Connection keeper : KEEPERS) {
            keeper.close();
        }
    }

    @TestFactory
    Stream<DynamicContainer> sameAsDirect() throws IOException {
        return Stream.of(
                container(
                        "postgresql",
                        Database.postgres(),
                        Flavor.postgres(),
                        CallRoutines.POSTGRESQL,
                        PostgresCallProbes.all()),
                container(
                        "mariadb",
                        Database.mariadb(),
                        Flavor.mariadb(),
                        CallRoutines.MARIADB,
                        MariaCallProbes.all()),
                container(
                        "mysql",
                        Database.mysql(),
                        Flavor.mariadb(),
                        CallRoutines.MARIADB,
                        MariaCallProbes.all()),
                container("h2", Database.h2(), Flavor.h2(), CallRoutines.H2, CallProbes.h2()),
                container(
                        "sqlite",
                        Database.sqlite(Files.createTempFile("gatehouse", ".sqlite")),
                        Flavor.sqlite(),
                        List.of(),
                        CallProbes.sqlite()));
    }

    private static DynamicContainer container(
            String name,
            Database database,
            Flavor flavor,
            List<String> routines,
            Map<String, Transcript.Probe> probes) {
        Stream<DynamicTest> setUp =
                Stream.of(
                        DynamicTest.dynamicTest(
                                "set up", () -> setUp(name, database, flavor, routines)));
        Stream<DynamicTest> tests =
                probes.entrySet().stream()
                        .map(e ->
                                DynamicTest.dynamicTest(
                                        e.getKey(),
                                        () -> same(name, database, e.getValue(), e.getKey())));
        return DynamicContainer.dynamicContainer(name, Stream.concat(setUp, tests));
    }

    private static void setUp(String name, Database database, Flavor flavor, List<String> routines)
            throws SQLException {
        Connection keeper = database.direct();
        KEEPERS.add(keeper);
        try (Statement s = keeper.createStatement()) {
            s.execute("drop table if exists probe");
            s.execute("drop table if exists keyed");
            for (String sql : flavor.setUp()) {
                s.execute(sql);
            }
            for (String sql : routines) {
                s.execute(sql);
            }
        }
        broker.serve(name, database, 4);
    }

    private static void same(String name, Database database, Transcript.Probe probe, String what)
            throws SQLException {
        List<Transcript.Line> direct;
        try (Connection c = database.direct()) {
            Probes.clean(c);
            direct = Transcript.of(c, probe);
        }
        try (Connection c = database.direct()) {
            Probes.clean(c);
        }
        try (Connection c = broker.connect(name)) {
            Comparison.same("call " + name + "/" + what, direct, Transcript.of(c, probe));
        }
    }
}
