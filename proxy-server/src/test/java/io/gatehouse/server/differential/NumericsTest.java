package io.gatehouse.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.differential.Transcript.Line;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** Numbers at the ends of their types are the same through the broker, and so is what fails. */
class NumericsTest {
    @TempDir private static Path dir;
    @AutoClose private static TestBroker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = TestBroker.permissive();
    }

    @TestFactory
    Stream<DynamicContainer> sameAsDirect() throws SQLException {
        Database sqlite = Database.sqlite(dir.resolve("numbers.sqlite"));
        return Stream.of(
                container("postgresql", Database.postgres(), Numerics.postgres()),
                container("mariadb", Database.mariadb(), Numerics.mariadb()),
                container("mysql", Database.mysql(), Numerics.mariadb()),
                container("h2", Database.h2(), Numerics.h2()),
                container("sqlite", sqlite, Numerics.sqlite()));
    }

    @TestFactory
    Stream<DynamicTest> daysOfNoCalendar() throws SQLException {
        return Stream.concat(days("mariadb", Database.mariadb()), days("mysql", Database.mysql()));
    }

    /** It may hold any number, and the SQL of these databases compares it with numbers. */
    @Test
    void aTinyintOfOneIsANumberToPostgresClients() throws SQLException {
        Database database = Database.mariadb();
        database.prepare(
                "drop table if exists truths",
                "create table truths (t tinyint(1))",
                "insert into truths values (1), (0), (-128)");
        broker.serveKept("plain", database, 1);
        try (Connection c = broker.connectAsPostgres("plain");
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("select t from truths order by t desc")) {
            assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("int2");
            rows.next();
            assertThat(rows.getObject(1)).isEqualTo(1);
            assertThat(rows.getBoolean(1)).isTrue();
            rows.next();
            assertThat(rows.getInt(1)).isZero();
            assertThat(rows.getBoolean(1)).isFalse();
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(-128);
        }
    }

    private static Stream<DynamicTest> days(String name, Database database) throws SQLException {
        broker.serveKept(name, database, 2);
        try (Connection c = Database.mariadb().direct()) {
            DayProbes.create(c);
        }
        return DayProbes.all().entrySet().stream()
                .map(program ->
                        DynamicTest.dynamicTest(
                                name + " " + program.getKey(),
                                () -> same(name, database, program.getKey(), program.getValue())));
    }

    private static DynamicContainer container(String name, Database database, Numerics numerics)
            throws SQLException {
        broker.serveKept(name, database, 2);
        return DynamicContainer.dynamicContainer(
                name,
                NumericProbes.all(numerics).entrySet().stream()
                        .map(program ->
                                DynamicTest.dynamicTest(
                                        program.getKey(),
                                        () -> {
                                            database.prepare(
                                                    numerics.setUp().toArray(String[]::new));
                                            same(
                                                    name,
                                                    database,
                                                    program.getKey(),
                                                    program.getValue());
                                        })));
    }

    private static void same(String name, Database database, String what, Transcript.Probe program)
            throws SQLException {
        List<Line> direct;
        try (Connection c = database.direct()) {
            direct = Transcript.of(c, program);
        }
        try (Connection c = broker.connect(name)) {
            Comparison.same("numbers " + name + "/" + what, direct, Transcript.of(c, program));
        }
    }
}
