package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.seen;
import static io.gatehouse.server.endtoend.Talk.warnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.session.SessionView;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** State that cannot be carried stays with its session, and goes with it. */
@Timeout(120)
class PinTest {
    @TempDir private static Path dir;
    @AutoClose private static TestBroker broker;

    /**
     * One kind of state.
     *
     * @param make what makes it
     * @param look a query that tells whether it is there
     * @param mine what the query gives to who made it
     * @param others what it gives, or fails with, to anyone else
     */
    private record Case(
            String name, String pin, String make, String look, String mine, String others) {}

    @BeforeAll
    static void start() throws Exception {
        Path file = Files.createTempFile(dir, "pins", ".sqlite");
        broker =
                TestBroker.permissive()
                        .serve("postgresql", Database.postgres(), 2)
                        .serve("mariadb", Database.mariadb(), 2)
                        .serveKept("h2", Database.h2(), 2)
                        .serve("sqlite", Database.sqlite(file), 2);
        Database.postgres()
                .prepare("drop sequence if exists pin_numbers", "create sequence pin_numbers");
        Database.mariadb()
                .prepare("create table if not exists pin_keys (id int auto_increment primary key)");
    }

    @TestFactory
    Stream<DynamicTest> postgresByDriver() {
        return all("postgresql", Door.DRIVER, postgres());
    }

    @TestFactory
    Stream<DynamicTest> postgresByPgjdbc() {
        return all("postgresql", Door.PGJDBC, postgres());
    }

    @TestFactory
    Stream<DynamicTest> mariadb() {
        return all(
                "mariadb",
                Door.DRIVER,
                List.of(
                        new Case(
                                "temporary table",
                                "temporary table",
                                "create temporary table mine (x int)",
                                "select count(*) from mine",
                                "0",
                                "42S02"),
                        new Case(
                                "user variable",
                                "user variable",
                                "set @mine = 5",
                                "select @mine",
                                "5",
                                "null"),
                        new Case(
                                "lock",
                                "session lock",
                                "select get_lock('mine', 1)",
                                "select coalesce(is_used_lock('mine') = connection_id(), 0)",
                                "1",
                                "0"),
                        new Case(
                                "prepared",
                                "prepared statement",
                                "prepare mine from 'select 7'",
                                "execute mine",
                                "7",
                                "HY000"),
                        new Case(
                                "setting",
                                "",
                                "set session group_concat_max_len = 4321",
                                "select @@session.group_concat_max_len",
                                "4321",
                                "1048576")));
    }

    @TestFactory
    Stream<DynamicTest> h2() {
        return all(
                "h2",
                Door.DRIVER,
                List.of(
                        new Case(
                                "temporary table",
                                "temporary table",
                                "create local temporary table mine (x int)",
                                "select count(*) from mine",
                                "0",
                                "42S04"),
                        new Case(
                                "user variable",
                                "user variable",
                                "set @mine = 5",
                                "select @mine",
                                "5",
                                "null")));
    }

    @TestFactory
    Stream<DynamicTest> sqlite() {
        return all(
                "sqlite",
                Door.DRIVER,
                List.of(
                        new Case(
                                "temporary table",
                                "temporary table",
                                "create temporary table mine (x int)",
                                "select count(*) from mine",
                                "0",
                                "*")));
    }

    private static List<Case> postgres() {
        return List.of(
                new Case(
                        "temporary table",
                        "temporary table",
                        "create temporary table mine (x int)",
                        "select count(*) from mine",
                        "0",
                        "42P01"),
                new Case(
                        "advisory lock",
                        "session lock",
                        "select pg_advisory_lock(42)",
                        "select count(*) from pg_locks where locktype = 'advisory' and pid ="
                                + " pg_backend_pid()",
                        "1",
                        "0"),
                new Case(
                        "listen",
                        "listen",
                        "listen news",
                        "select count(*) from pg_listening_channels()",
                        "1",
                        "0"),
                new Case(
                        "held cursor",
                        "held cursor",
                        "declare mine cursor with hold for select 1",
                        "select count(*) from pg_cursors where name = 'mine'",
                        "1",
                        "0"),
                new Case(
                        "prepared statement",
                        "prepared statement",
                        "prepare mine as select 7",
                        "execute mine",
                        "7",
                        "26000"));
    }

    @ParameterizedTest
    @EnumSource
    void sequencesOfOneAreNotThoseOfAnother(Door door) throws Exception {
        try (Connection a = door.connect(broker, "postgresql");
                Connection b = door.connect(broker, "postgresql")) {
            a.setAutoCommit(false);
            ask(a, "select nextval('pin_numbers')");
            assertThat(seen(b, "select currval('pin_numbers')")).isEqualTo("55000");
            assertThat(ask(a, "select (currval('pin_numbers') > 0)::int")).isEqualTo("1");
            a.commit();
            a.setAutoCommit(true);
            bothOf(b, door, "postgresql", "select currval('pin_numbers')", "55000");
            bothOf(b, door, "postgresql", "select lastval()", "55000");
        }
        quiet(broker);
    }

    @Test
    void generatedKeysOfOneAreNotThoseOfAnother() throws Exception {
        try (Connection a = broker.connect("mariadb");
                Connection b = broker.connect("mariadb")) {
            a.setAutoCommit(false);
            run(a, "insert into pin_keys values ()");
            assertThat(seen(b, "select last_insert_id()")).isEqualTo("0");
            assertThat(ask(a, "select last_insert_id() > 0")).isEqualTo("1");
            a.commit();
            a.setAutoCommit(true);
            bothOf(b, Door.DRIVER, "mariadb", "select last_insert_id()", "0");
        }
        quiet(broker);
    }

    /** Looks through every backend connection of the pool at once. */
    private static void bothOf(Connection b, Door door, String name, String look, String sees)
            throws SQLException {
        try (Connection c = door.connect(broker, name)) {
            b.setAutoCommit(false);
            c.setAutoCommit(false);
            ask(b, "select 1");
            assertThat(seen(c, look)).isEqualTo(sees);
            c.rollback();
            b.rollback();
            assertThat(seen(b, look)).isEqualTo(sees);
            b.rollback();
            b.setAutoCommit(true);
            c.setAutoCommit(true);
        }
    }

    private static Stream<DynamicTest> all(String name, Door door, List<Case> cases) {
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(c.name, () -> staysAndGoes(name, door, c)));
    }

    private static void staysAndGoes(String name, Door door, Case its) throws Exception {
        try (Connection b = door.connect(broker, name)) {
            try (Connection a = door.connect(broker, name)) {
                ask(a, "select 1");
                ask(b, "select 1");
                List<String> told = warnings(a, its.make);
                assertThat(seen(a, its.look)).isEqualTo(its.mine);
                unseen(b, its);
                assertThat(seen(a, its.look)).isEqualTo(its.mine);
                if (!its.pin.isEmpty()) {
                    assertThat(told)
                            .filteredOn(w -> w.contains("keeps its backend connection"))
                            .singleElement()
                            .asString()
                            .contains(its.pin);
                    assertThat(broker.sessions().views())
                            .flatExtracting(SessionView::pins)
                            .contains(its.pin);
                }
            }
            Talk.eventually("one is gone", () -> broker.sessions().views().size() == 1);
            try (Connection c = door.connect(broker, name)) {
                // Both backend connections of the pool, at once.
                b.setAutoCommit(false);
                c.setAutoCommit(false);
                ask(b, "select 1");
                unseen(c, its);
                c.rollback();
                unseen(b, its);
                b.rollback();
                b.setAutoCommit(true);
                c.setAutoCommit(true);
            }
        }
        quiet(broker);
        Talk.eventually("both are gone", () -> broker.sessions().views().isEmpty());
    }

    private static void unseen(Connection c, Case its) {
        String seen = seen(c, its.look);
        if (its.others.equals("*")) {
            assertThat(seen).isNotEqualTo(its.mine);
        } else {
            assertThat(seen).isEqualTo(its.others);
        }
    }
}
