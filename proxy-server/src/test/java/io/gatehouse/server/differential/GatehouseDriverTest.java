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
import java.util.stream.Stream;

/** An application must not notice whether it uses the vendor's driver or Gatehouse's. */
class GatehouseDriverTest {
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
                container("postgresql", Database.postgres(), Flavor.postgres()),
                container("mariadb", Database.mariadb(), Flavor.mariadb()),
                container("mysql", Database.mysql(), Flavor.mariadb()),
                container("h2", Database.h2(), Flavor.h2()),
                container(
                        "sqlite",
                        Database.sqlite(Files.createTempFile("gatehouse", ".sqlite")),
                        Flavor.sqlite()));
    }

    private static DynamicContainer container(String name, Database database, Flavor flavor) {
        Stream<DynamicTest> setUp =
                Stream.of(DynamicTest.dynamicTest("set up", () -> setUp(name, database, flavor)));
        Stream<DynamicTest> probes =
                Probes.all(flavor).entrySet().stream()
                        .map(e ->
                                DynamicTest.dynamicTest(
                                        e.getKey(),
                                        () -> same(name, database, e.getValue(), e.getKey())));
        return DynamicContainer.dynamicContainer(name, Stream.concat(setUp, probes));
    }

    private static void setUp(String name, Database database, Flavor flavor) throws SQLException {
        Connection keeper = database.direct();
        KEEPERS.add(keeper);
        try (Statement s = keeper.createStatement()) {
            s.execute("drop table if exists probe");
            s.execute("drop table if exists keyed");
            for (String sql : flavor.setUp()) {
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
            Comparison.same(name + "/" + what, direct, Transcript.of(c, probe));
        }
    }
}
