package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.eventually;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A pool of one: a session that is pinned keeps its state and its connection, and gives both up as
 * soon as the server confirms that the reason is gone, and not before.
 */
@Timeout(120)
class UnpinTest {
    private static final String TABLES =
            "select count(*) from pg_class where relname = 'mine' and relpersistence = 't'";

    @TempDir private static Path dir;
    @AutoClose private static TestBroker broker;

    /**
     * One kind of state and its end.
     *
     * @param before what is done first, with the pin still there afterwards
     * @param look a query that tells whether the state is there
     * @param ends what ends it, statement by statement
     */
    private record Case(
            String name,
            String pin,
            List<String> before,
            String look,
            String mine,
            List<String> ends,
            String others) {}

    @BeforeAll
    static void start() throws Exception {
        Path file = Files.createTempFile(dir, "unpin", ".sqlite");
        broker =
                TestBroker.permissive()
                        .serve("postgresql", Database.postgres(), 1)
                        .serve("mariadb", Database.mariadb(), 1)
                        .serveKept("h2", Database.h2(), 1)
                        .serve("sqlite", Database.sqlite(file), 1);
        Database.mariadb().prepare("create table if not exists unpin_rows (id int)");
    }

    @TestFactory
    Stream<DynamicTest> postgresByDriver() {
        return postgres().map(its -> test("postgresql", Door.DRIVER, its));
    }

    @TestFactory
    Stream<DynamicTest> postgresByPgjdbc() {
        return postgres().map(its -> test("postgresql", Door.PGJDBC, its));
    }

    private static Stream<Case> postgres() {
        return Stream.of(
                        postgresTables(),
                        postgresTablesOfTransactions(),
                        postgresLocks(),
                        postgresNames())
                .flatMap(Function.identity());
    }

    private static Stream<Case> postgresTables() {
        return Stream.of(
                new Case(
                        "temporary table, dropped",
                        "temporary table",
                        List.of(
                                "create temp table mine (x int)",
                                "create temp table more (x int)",
                                "drop table more"),
                        TABLES,
                        "1",
                        List.of("drop table mine"),
                        "0"),
                new Case(
                        "temporary table by its schema",
                        "temporary table",
                        List.of("create table pg_temp.mine (x int)"),
                        TABLES,
                        "1",
                        List.of("drop table pg_temp.mine"),
                        "0"),
                new Case(
                        "temporary function",
                        "temporary table",
                        List.of(
                                "create function pg_temp.mine() returns int language sql as 'select"
                                        + " 1'"),
                        "select count(*) from pg_proc where proname = 'mine'",
                        "1",
                        List.of("drop function pg_temp.mine()"),
                        "0"));
    }

    private static Stream<Case> postgresTablesOfTransactions() {
        return Stream.of(
                new Case(
                        "temporary table, rolled back",
                        "temporary table",
                        List.of("begin", "create temp table mine (x int)"),
                        TABLES,
                        "1",
                        List.of("rollback"),
                        "0"),
                new Case(
                        "temporary table, dropped on commit",
                        "temporary table",
                        List.of("begin", "create temp table mine (x int) on commit drop"),
                        TABLES,
                        "1",
                        List.of("commit"),
                        "0"),
                new Case(
                        "temporary table whose drop is rolled back",
                        "temporary table",
                        List.of(
                                "create temp table mine (x int)",
                                "begin",
                                "drop table mine",
                                "rollback"),
                        TABLES,
                        "1",
                        List.of("discard temp"),
                        "0"));
    }

    private static Stream<Case> postgresLocks() {
        String locks =
                "select count(*) from pg_locks where locktype = 'advisory' and pid ="
                        + " pg_backend_pid()";
        return Stream.of(
                new Case(
                        "advisory lock, taken twice",
                        "session lock",
                        List.of(
                                "select pg_advisory_lock(42)",
                                "select pg_advisory_lock(42)",
                                "select pg_advisory_unlock(42)"),
                        locks,
                        "1",
                        List.of("select pg_advisory_unlock(42)"),
                        "0"),
                new Case(
                        "advisory locks, all at once",
                        "session lock",
                        List.of("select pg_try_advisory_lock(1)", "select pg_advisory_lock(2)"),
                        locks,
                        "2",
                        List.of("select pg_advisory_unlock_all()"),
                        "0"));
    }

    private static Stream<Case> postgresNames() {
        return Stream.of(
                new Case(
                        "listen",
                        "listen",
                        List.of("listen news", "listen weather", "unlisten news"),
                        "select count(*) from pg_listening_channels()",
                        "1",
                        List.of("unlisten *"),
                        "0"),
                new Case(
                        "held cursor",
                        "held cursor",
                        List.of("declare mine cursor with hold for select 1"),
                        "select count(*) from pg_cursors where name = 'mine'",
                        "1",
                        List.of("close mine"),
                        "0"),
                new Case(
                        "prepared statement",
                        "prepared statement",
                        List.of("prepare mine as select 7", "prepare more as select 8"),
                        "select count(*) from pg_prepared_statements where from_sql",
                        "2",
                        List.of("deallocate more", "deallocate mine"),
                        "0"),
                new Case(
                        "everything",
                        "listen",
                        List.of("listen news", "prepare mine as select 7", "set work_mem = '7MB'"),
                        "select current_setting('work_mem')",
                        "7MB",
                        List.of("discard all"),
                        "4MB"));
    }

    @TestFactory
    Stream<DynamicTest> mariadb() {
        return Stream.of(
                        new Case(
                                "user variable",
                                "user variable",
                                List.of("set @mine = 5", "set @more = 6", "set @more = null"),
                                "select coalesce(@mine, 'none')",
                                "5",
                                List.of("set @mine = null"),
                                "none"),
                        new Case(
                                "temporary table",
                                "temporary table",
                                List.of("create temporary table mine (x int)"),
                                "select count(*) from information_schema.tables where table_name ="
                                        + " 'mine'",
                                "1",
                                List.of("drop temporary table mine"),
                                "0"),
                        new Case(
                                "table lock",
                                "table lock",
                                List.of("lock tables unpin_rows write"),
                                "select count(*) from unpin_rows",
                                "0",
                                List.of("unlock tables"),
                                "0"))
                .map(its -> test("mariadb", Door.DRIVER, its));
    }

    @TestFactory
    Stream<DynamicTest> h2() {
        return Stream.of(
                        new Case(
                                "temporary table",
                                "temporary table",
                                List.of(
                                        "create local temporary table mine (x int)",
                                        "create table if not exists plain (x int)",
                                        "drop table plain"),
                                "select count(*) from information_schema.tables where table_name ="
                                        + " 'MINE'",
                                "1",
                                List.of("drop table mine"),
                                "0"),
                        new Case(
                                "user variable",
                                "user variable",
                                List.of("set @mine = 5"),
                                "select coalesce(cast(@mine as varchar), 'none')",
                                "5",
                                List.of("set @mine = null"),
                                "none"))
                .map(its -> test("h2", Door.DRIVER, its));
    }

    @TestFactory
    Stream<DynamicTest> sqlite() {
        return Stream.of(
                        new Case(
                                "temporary table",
                                "temporary table",
                                List.of("create temporary table mine (x int)"),
                                "select count(*) from sqlite_temp_master",
                                "1",
                                List.of("drop table mine"),
                                "0"),
                        new Case(
                                "attached database",
                                "attached database",
                                List.of("attach database ':memory:' as mine"),
                                "select count(*) from pragma_database_list where name = 'mine'",
                                "1",
                                List.of("detach database mine"),
                                "0"))
                .map(its -> test("sqlite", Door.DRIVER, its));
    }

    private static DynamicTest test(String name, Door door, Case its) {
        return DynamicTest.dynamicTest(its.name, () -> keptThenGone(name, door, its));
    }

    private static void keptThenGone(String name, Door door, Case its) throws Exception {
        try (Connection a = door.connect(broker, name);
                Connection b = door.connect(broker, name)) {
            for (String sql : its.before) {
                run(a, sql);
            }
            assertThat(ask(a, its.look)).as("its own").isEqualTo(its.mine);
            assertThat(pins()).as("while it is there").contains(its.pin);
            for (String sql : its.ends) {
                assertThat(pins()).as("before " + sql).isNotEmpty();
                run(a, sql);
            }
            if (its.pin.equals("user variable")) {
                // Reading one pins again.
                eventually("the pin is gone", () -> pins().isEmpty());
            } else {
                assertThat(ask(b, its.look)).as("the other").isEqualTo(its.others);
                assertThat(pins()).as("in the end").isEmpty();
                assertThat(ask(a, its.look)).as("its own, in the end").isEqualTo(its.others);
            }
        }
        quiet(broker);
        eventually("both are gone", () -> broker.sessions().views().isEmpty());
    }

    private static List<String> pins() {
        return broker.sessions().views().stream().flatMap(view -> view.pins().stream()).toList();
    }
}
