package io.gatehouse.server.differential;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.stream.Stream;

/** An application must not notice whether it uses the vendor's driver or Gatehouse's. */
class GatehouseDriverTest {
    @AutoClose private static TestBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = TestBroker.permissive();
    }

    @TestFactory
    Stream<DynamicContainer> sameAsDirect() throws IOException, SQLException {
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

    private static DynamicContainer container(String name, Database database, Flavor flavor)
            throws SQLException {
        broker.serveKept(name, database, 4);
        Differential programs =
                new Differential(name, database::direct, () -> broker.connect(name), flavor);
        return DynamicContainer.dynamicContainer(name, programs.tests());
    }
}
