package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.eventually;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.seen;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Two clients on one connection of MariaDB (by its own driver and MySQL's), H2 and SQLite. */
@Timeout(60)
class OtherKindsHazardTest {
    @TempDir private static Path dir;
    @AutoClose private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        Database h2 = Database.h2();
        Database sqlite = Database.sqlite(Files.createTempFile(dir, "hazards", ".sqlite"));
        broker =
                TestBroker.permissive()
                        .serve("mariadb", Database.mariadb(), 1)
                        .serve("mysql", Database.mysql(), 1)
                        .serveKept("h2", h2, 1)
                        .serve("sqlite", sqlite, 1);
        Database.mariadb()
                .prepare("create or replace table hazard_keys (id int auto_increment primary key)");
        h2.prepare("create sequence hazard_numbers");
        sqlite.prepare("create table hazard_keys (id integer primary key)");
    }

    @AfterEach
    void nothingIsHeld() throws Exception {
        quiet(broker);
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, insert into hazard_keys values (), select last_insert_id()",
        "mysql, insert into hazard_keys values (), select last_insert_id()",
        "h2, select next value for hazard_numbers, select current value for hazard_numbers",
        "sqlite, insert into hazard_keys default values, select last_insert_rowid()"
    })
    void keysAreKeptInATransactionAndOnceAskedFor(String kind, String make, String look)
            throws Exception {
        try (Connection a = broker.connect(kind)) {
            a.setAutoCommit(false);
            run(a, make);
            int key = number(a, look);
            assertThat(key).isPositive();
            a.commit();
            a.setAutoCommit(true);
            assertThat(state(() -> ask(a, look))).as("given back").isEqualTo("55000");
            run(a, make);
            assertThat(number(a, look)).as("from then on").isEqualTo(key + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void theCharacterSetOutlivesAReset(String kind) throws Exception {
        String asked =
                "select concat_ws(' ', @@character_set_client, @@character_set_results,"
                        + " @@collation_connection, char_length('\u2603'))";
        String direct;
        try (Connection c =
                (kind.equals("mysql") ? Database.mysql() : Database.mariadb()).direct()) {
            direct = ask(c, asked);
        }
        try (Connection a = broker.connect(kind)) {
            run(a, "set @left = 1");
        }
        quiet(broker);
        try (Connection b = broker.connect(kind)) {
            assertThat(ask(b, "select @left")).isNull();
            assertThat(ask(b, asked)).isEqualTo(direct);
        }
    }

    private static int number(Connection c, String sql) throws SQLException {
        return Integer.parseInt(String.valueOf(ask(c, sql)));
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, insert into hazard_keys values (), select last_insert_id(), 0",
        "mysql, insert into hazard_keys values (), select last_insert_id(), 0",
        "h2, select next value for hazard_numbers, select current value for hazard_numbers, 55000",
        "sqlite, insert into hazard_keys default values, select last_insert_rowid(), 55000"
    })
    void keysOfOthersAreNotTold(String kind, String make, String look, String others)
            throws Exception {
        try (Connection a = broker.connect(kind);
                Connection b = broker.connect(kind)) {
            run(a, make);
            assertThat(seen(b, look)).isEqualTo(others);
            run(a, make);
            b.setAutoCommit(false);
            ask(b, "select 1");
            assertThat(seen(b, look)).as("in a transaction").isEqualTo(others);
            b.rollback();
            b.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, select found_rows()",
        "mariadb, select row_count()",
        "mariadb, show warnings",
        "mysql, show warnings",
        "mariadb, select @@warning_count",
        "sqlite, select changes()"
    })
    void whatAStatementLeftIsRefusedWhereItIsGone(String kind, String look) throws Exception {
        try (Connection a = broker.connect(kind);
                Connection b = broker.connect(kind)) {
            run(a, kind.equals("sqlite") ? "delete from hazard_keys" : "select 'x' + 1");
            assertThat(state(() -> run(b, look))).isEqualTo("55000");
        }
    }

    @Test
    void warningsAndCountsAreKeptInATransaction() throws Exception {
        try (Connection a = broker.connect("mariadb")) {
            a.setAutoCommit(false);
            ask(a, "select cast('x' as int)");
            assertThat(ask(a, "show warnings")).isEqualTo("Warning");
            ask(a, "select 1 union select 2");
            assertThat(ask(a, "select found_rows()")).isEqualTo("2");
            a.rollback();
            a.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void locksOfMySqlStayUntilTheSessionEnds(String kind) throws Exception {
        String look = "select is_used_lock('hazard') is not null";
        try (Connection b = broker.connect(kind)) {
            try (Connection a = broker.connect(kind)) {
                ask(a, "select get_lock('hazard', 1)");
                assertThat(ask(a, look)).isEqualTo("1");
                assertThat(broker.sessions().views())
                        .anySatisfy(v -> assertThat(v.pins()).containsExactly("session lock"));
            }
            // The server gives a closed connection's locks back in its own time.
            eventually("the lock is free", () -> ask(b, look).equals("0"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, set session lock_wait_timeout = 77, select @@session.lock_wait_timeout, 77",
        "mysql, set session lock_wait_timeout = 77, select @@session.lock_wait_timeout, 77",
        "mariadb, set session sql_select_limit = 3, select @@session.sql_select_limit, 3"
    })
    void settingsOfMySqlAreCarried(String kind, String set, String look, String mine)
            throws Exception {
        try (Connection a = broker.connect(kind);
                Connection b = broker.connect(kind)) {
            String before = ask(b, look);
            run(a, set);
            assertThat(ask(b, look)).isEqualTo(before).isNotEqualTo(mine);
            assertThat(ask(a, look)).isEqualTo(mine);
            assertThat(ask(b, look)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, set session max_statement_time = (70 + 7), select @@max_statement_time, 77",
        "mariadb, set time_zone = '+05:00', select @@time_zone, +05:00",
        "h2, set lock_timeout 4321, select lock_timeout(), 4321",
        "sqlite, pragma cache_size = 77, pragma cache_size, 77",
        "sqlite, pragma recursive_triggers = on, pragma recursive_triggers, 1"
    })
    void settingsThatAreNotCarriedStayWithTheirOwner(
            String kind, String set, String look, String mine) throws Exception {
        try (Connection b = broker.connect(kind)) {
            String before = ask(b, look);
            assertThat(before).isNotEqualTo(mine);
            try (Connection a = broker.connect(kind)) {
                run(a, set);
                assertThat(ask(a, look)).isEqualTo(mine);
                assertThat(broker.sessions().views())
                        .anySatisfy(v -> assertThat(v.pins()).containsExactly("setting"));
            }
            assertThat(ask(b, look)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void settingsGivenAsParametersStayWithTheirOwner(String kind) throws Exception {
        String look = "select @@foreign_key_checks + 10 * @@sql_safe_updates";
        try (Connection b = broker.connect(kind)) {
            assertThat(ask(b, look)).isEqualTo("1");
            try (Connection a = broker.connect(kind);
                    PreparedStatement set =
                            a.prepareStatement(
                                    "set foreign_key_checks = ?, sql_safe_updates = ?")) {
                set.setInt(1, 0);
                set.setInt(2, 1);
                set.execute();
                assertThat(ask(a, look)).isEqualTo("10");
                assertThat(broker.sessions().views())
                        .anySatisfy(v -> assertThat(v.pins()).containsExactly("setting"));
            }
            assertThat(ask(b, look)).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql", "h2", "sqlite"})
    void isolationAndReadOnlyAreEachOnesOwn(String kind) throws Exception {
        try (Connection a = broker.connect(kind);
                Connection b = broker.connect(kind)) {
            int before = b.getTransactionIsolation();
            a.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            ask(a, "select 1");
            ask(b, "select 1");
            assertThat(b.getTransactionIsolation()).isEqualTo(before);
            assertThat(a.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            run(b, "create table if not exists writable (x int)");
        }
    }
}
