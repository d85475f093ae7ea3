package io.gatehouse.server.differential;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.util.stream.Stream;

/** The stock PostgreSQL driver must not notice whether it talks to PostgreSQL or to Gatehouse. */
class PostgresDriverTest {
    @AutoClose private static TestBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = TestBroker.permissive().serve("probes", Database.postgres(), 4);
    }

    @TestFactory
    Stream<DynamicTest> sameAsDirect() {
        return new Differential(
                        "pgjdbc",
                        Database.postgres()::direct,
                        () -> broker.connectAsPostgres("probes"),
                        Flavor.postgres())
                .tests();
    }
}
