package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A statement in autocommit, and then another one that asks what it left: as without a broker, from
 * the first time on; and never what another client's left.
 */
@Timeout(60)
class OwnKeysTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final List<String> ON_POSTGRES =
            List.of(
                    "insert into own_keys (note) values ('a')",
                    "select lastval()",
                    "select currval('own_keys_id_seq')",
                    "insert into own_keys (note) values ('b')",
                    "select 1",
                    "select lastval()",
                    "select nextval('own_numbers')",
                    "select currval('own_numbers')",
                    "select currval('own_keys_id_seq')",
                    "select lastval()",
                    "insert into own_plain select currval('own_keys_id_seq')",
                    "select id from own_plain",
                    "select lastval()");

    private static final List<String> ON_MARIADB =
            List.of(
                    "insert into own_keys (note) values ('a')",
                    "select last_insert_id()",
                    "select @@identity",
                    "insert into own_keys (note) values ('b'), ('c')",
                    "select row_count()",
                    "select 1",
                    "select last_insert_id()",
                    "update own_keys set note = 'd'",
                    "select row_count()",
                    "insert into own_plain values (last_insert_id())",
                    "select id from own_plain",
                    "delete from own_plain",
                    "select row_count()",
                    "insert into own_plain values (7)",
                    "select last_insert_id()",
                    "insert ignore into own_keys (id) values (1)",
                    "show warnings");

    private static final List<String> ON_H2 =
            List.of(
                    "insert into own_keys values (next value for own_numbers, 'a')",
                    "select current value for own_numbers",
                    "select 1",
                    "select current value for own_numbers",
                    "select next value for own_numbers",
                    "select current value for own_numbers");

    private static final List<String> ON_SQLITE =
            List.of(
                    "insert into own_keys (note) values ('a')",
                    "select last_insert_rowid()",
                    "insert into own_keys (note) values ('b')",
                    "select 1",
                    "select last_insert_rowid()",
                    "update own_keys set note = 'c'",
                    "select changes()",
                    "select last_insert_rowid()",
                    "delete from own_keys",
                    "select changes()");

    @TempDir private static Path dir;
    private static final Map<Way, Connection> DIRECT = new EnumMap<>(Way.class);
    private static final Map<Way, Database> DATABASES = new EnumMap<>(Way.class);
    private static TestBroker broker;
    private static int pools;

    /** A door, and what is behind it. */
    enum Way {
        DRIVER_TO_POSTGRES(Door.DRIVER, ON_POSTGRES),
        PGJDBC_TO_POSTGRES(Door.PGJDBC, ON_POSTGRES),
        DRIVER_TO_MARIADB(Door.DRIVER, ON_MARIADB),
        PGJDBC_TO_MARIADB(Door.PGJDBC, ON_MARIADB),
        DRIVER_TO_MYSQL(Door.DRIVER, ON_MARIADB),
        DRIVER_TO_H2(Door.DRIVER, ON_H2),
        DRIVER_TO_SQLITE(Door.DRIVER, ON_SQLITE);

        private final Door door;
        private final List<String> script;

        Way(Door door, List<String> script) {
            this.door = door;
            this.script = script;
        }

        private Database database() {
            return switch (this) {
                case DRIVER_TO_POSTGRES, PGJDBC_TO_POSTGRES -> Database.postgres();
                case DRIVER_TO_MARIADB, PGJDBC_TO_MARIADB -> Database.mariadb();
                case DRIVER_TO_MYSQL -> Database.mysql();
                case DRIVER_TO_H2 -> Database.h2();
                case DRIVER_TO_SQLITE -> Database.sqlite(dir.resolve("keys.sqlite"));
            };
        }

        private List<String> tables() {
            return switch (this) {
                case DRIVER_TO_POSTGRES, PGJDBC_TO_POSTGRES ->
                        List.of(
                                "drop table if exists own_keys",
                                "drop table if exists own_plain",
                                "drop sequence if exists own_numbers",
                                "create table own_keys (id serial primary key, note text)",
                                "create table own_plain (id bigint)",
                                "create sequence own_numbers start 1000");
                case DRIVER_TO_MARIADB, PGJDBC_TO_MARIADB, DRIVER_TO_MYSQL ->
                        List.of(
                                "create or replace table own_keys"
                                        + " (id int auto_increment primary key, note text)",
                                "create or replace table own_plain (id int)");
                case DRIVER_TO_H2 ->
                        List.of(
                                "drop table if exists own_keys",
                                "drop sequence if exists own_numbers",
                                "create table own_keys (id int primary key, note text)",
                                "create sequence own_numbers start with 1000");
                case DRIVER_TO_SQLITE ->
                        List.of(
                                "drop table if exists own_keys",
                                "create table own_keys (id integer primary key, note text)");
            };
        }

        private String makes() {
            return script.get(0);
        }

        private String asks() {
            return script.get(1);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        for (Way way : Way.values()) {
            DATABASES.put(way, way.database());
            DIRECT.put(way, DATABASES.get(way).direct());
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        broker.close();
        for (Connection direct : DIRECT.values()) {
            direct.close();
        }
    }

    @AfterEach
    void nothingIsHeld() throws Exception {
        quiet(broker);
    }

    /** A pool that nobody has used. */
    private static String pool(Way way, int size, Duration keepForOwner) throws SQLException {
        for (String sql : way.tables()) {
            run(DIRECT.get(way), sql);
        }
        String name = "keys" + ++pools;
        PoolSettings settings = PoolBounds.of(size).keepForOwner(keepForOwner).settings();
        broker.serve(name, DATABASES.get(way), settings, new Timeouts(LONG, LONG, LONG));
        return name;
    }

    private static List<String> answers(Connection c, List<String> script) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (String sql : script) {
            answers.add(sql + ": " + (sql.startsWith("s") ? ask(c, sql) : done(c, sql)));
        }
        return answers;
    }

    private static String done(Connection c, String sql) throws SQLException {
        run(c, sql);
        return "done";
    }

    @ParameterizedTest
    @EnumSource
    void answersAreThoseWithoutABroker(Way way) throws Exception {
        String name = pool(way, 1, LONG);
        List<String> expected;
        try (Connection c = DATABASES.get(way).direct()) {
            expected = answers(c, way.script);
        }
        pool(way, 1, LONG);
        try (Connection c = way.door.connect(broker, name)) {
            assertThat(answers(c, way.script)).isEqualTo(expected);
            assertThat(broker.sessions().views()).allMatch(v -> v.pins().isEmpty());
        }
        // Nor does it matter who had the connection before.
        pool(way, 1, LONG);
        try (Connection c = way.door.connect(broker, name)) {
            assertThat(answers(c, way.script)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onOneConnectionNobodyIsToldAnothersKey(Way way) throws Exception {
        String name = pool(way, 1, LONG);
        try (Connection b = way.door.connect(broker, name)) {
            try (Connection a = way.door.connect(broker, name)) {
                run(a, way.makes().replace("'a'", "'of a'"));
                ask(b, "select 1");
                assertThat(state(() -> ask(a, way.asks()))).as("lent meanwhile").isEqualTo("55000");
                run(a, way.makes());
                String own = ask(a, way.asks());
                assertThat(own).as("from then on").isEqualTo(latest(way));
                assertThat(broker.sessions().views())
                        .anySatisfy(v -> assertThat(v.pins()).containsExactly("last statement"));
            }
            run(b, way.makes());
            assertThat(ask(b, way.asks())).isEqualTo(latest(way));
        }
    }

    private static String latest(Way way) throws SQLException {
        return String.valueOf(ask(DIRECT.get(way), "select max(id) from own_keys"));
    }

    @ParameterizedTest
    @EnumSource
    void isKeptWhileOthersHaveAnother(Way way) throws Exception {
        String name = pool(way, 2, LONG);
        try (Connection a = way.door.connect(broker, name);
                Connection b = way.door.connect(broker, name)) {
            run(a, way.makes());
            String own = latest(way);
            for (int i = 0; i < 5; i++) {
                ask(b, "select 1");
                run(b, way.makes());
                assertThat(ask(b, way.asks())).isEqualTo(latest(way)).isNotEqualTo(own);
            }
            assertThat(ask(a, way.asks())).isEqualTo(own);
            assertThat(broker.sessions().views()).allMatch(v -> v.pins().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingIsKeptTheSecondTimeIsRight(Way way) throws Exception {
        String name = pool(way, 1, Duration.ZERO);
        try (Connection a = way.door.connect(broker, name)) {
            run(a, way.makes());
            assertThat(state(() -> ask(a, way.asks()))).isEqualTo("55000");
            run(a, way.makes());
            assertThat(ask(a, way.asks())).isEqualTo(latest(way));
        }
    }

    /**
     * The first question shows that keys are asked for; an insert may then not leave others' in.
     */
    @ParameterizedTest
    @EnumSource(names = {"DRIVER_TO_MARIADB", "PGJDBC_TO_MARIADB", "DRIVER_TO_MYSQL"})
    void whoGeneratedNoneIsToldNone(Way way) throws Exception {
        String name = pool(way, 1, LONG);
        try (Connection a = way.door.connect(broker, name);
                Connection b = way.door.connect(broker, name);
                Connection c = way.door.connect(broker, name)) {
            run(a, way.makes());
            run(b, "insert into own_plain values (7)");
            assertThat(state(() -> ask(b, way.asks()))).as("cannot be told").isEqualTo("55000");
            run(a, way.makes());
            run(c, "insert into own_plain values (7)");
            assertThat(ask(c, way.asks())).as("as without a broker").isEqualTo("0");
        }
    }

    @Test
    void keysElsewhereAreNotTakenForNone() throws Exception {
        String name = pool(Way.DRIVER_TO_MARIADB, 1, LONG);
        try (Connection a = broker.connect(name);
                Connection b = broker.connect(name)) {
            run(a, Way.DRIVER_TO_MARIADB.makes());
            ask(b, "select 1");
            a.setAutoCommit(false);
            ask(a, "select 1");
            assertThat(state(() -> ask(a, "select last_insert_id()"))).isEqualTo("55000");
            a.rollback();
        }
    }

    @Test
    void aTransactionHasWhatWasLeftBeforeIt() throws Exception {
        String name = pool(Way.DRIVER_TO_MARIADB, 1, LONG);
        try (Connection a = broker.connect(name)) {
            run(a, Way.DRIVER_TO_MARIADB.makes());
            a.setAutoCommit(false);
            ask(a, "select 1");
            assertThat(ask(a, "select last_insert_id()")).isEqualTo("1");
            a.commit();
        }
    }

    @Test
    void aBackendLostMeanwhileCostsTheKeyAndNothingElse() throws Exception {
        Way way = Way.DRIVER_TO_POSTGRES;
        String name = pool(way, 1, LONG);
        try (Connection a = broker.connect(name);
                Connection b = broker.connect(name)) {
            run(a, way.makes());
            kill();
            assertThat(ask(a, "select 1")).isEqualTo("1");
            assertThat(state(() -> ask(a, way.asks()))).isEqualTo("55000");
            run(b, way.makes());
            kill();
            assertThat(state(() -> ask(b, way.asks()))).isIn("55000", "08006", "57P01");
        }
    }

    private static void kill() throws SQLException {
        ask(
                DIRECT.get(Way.DRIVER_TO_POSTGRES),
                "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and state = 'idle'"
                        + " and query like 'insert into own_keys%'");
    }
}
