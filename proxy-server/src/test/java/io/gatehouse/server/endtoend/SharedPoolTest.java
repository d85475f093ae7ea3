package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.joined;
import static io.gatehouse.server.endtoend.Talk.meanwhile;
import static io.gatehouse.server.endtoend.Talk.pause;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Two clients on one connection of PostgreSQL: nothing leaks between them, nothing is lost. */
@Timeout(60)
class SharedPoolTest extends TwoClients {
    @BeforeEach
    void table() throws SQLException {
        Database.postgres()
                .prepare(
                        "drop table if exists shared_rows",
                        "create table shared_rows (id int primary key)",
                        "create schema if not exists apart",
                        Talk.REDUCED);
    }

    @Test
    void waitsForATransactionAndGoesOnAfterIt() throws Exception {
        a.setAutoCommit(false);
        run(a, "insert into shared_rows values (1)");
        CompletableFuture<String> other =
                meanwhile(() -> ask(b, "select count(*) from shared_rows"));
        pause(Duration.ofMillis(150));
        assertThat(other).isNotDone();
        a.rollback();
        assertThat(joined(other)).isEqualTo("0");

        run(a, "insert into shared_rows values (2)");
        CompletableFuture<String> again =
                meanwhile(() -> ask(b, "select count(*) from shared_rows"));
        a.commit();
        assertThat(joined(again)).isEqualTo("1");
        a.setAutoCommit(true);
        assertThat(ask(a, "select count(*) from shared_rows")).isEqualTo("1");
    }

    @Test
    void waitsOnlySoLong() throws Exception {
        broker.serve(
                "impatient",
                Database.postgres(),
                PoolBounds.of(1).patience(Duration.ofMillis(300)).settings(),
                Timeouts.DEFAULT);
        try (Connection c = door.connect(broker, "impatient");
                Connection d = door.connect(broker, "impatient")) {
            c.setAutoCommit(false);
            run(c, "insert into shared_rows values (1)");
            SQLException refused = Talk.failure(() -> run(d, "select 1"));
            assertThat(refused.getSQLState()).isEqualTo("53300");
            assertThat(refused.getMessage()).contains("became free within 300 ms");
            c.commit();
            assertThat(ask(d, "select count(*) from shared_rows")).isEqualTo("1");
            c.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "search_path | apart | \"$user\", public",
                "work_mem | '7MB' | 4MB",
                "statement_timeout | '77s' | 0",
                "lock_timeout | '78s' | 0",
                "timezone | 'Asia/Tokyo' | *",
                "application_name | 'fourth' | *",
                "default_transaction_isolation | 'serializable' | read committed",
                "my.own | 'thing' | *"
            })
    void carriesSettings(String name, String value, String pristine) throws Exception {
        String plain = value.replace("'", "");
        String show = "select coalesce(current_setting('" + name + "', true), '')";
        String before = ask(b, show);
        run(a, "set " + name + " = " + value);
        assertThat(ask(b, show)).as("the other").isEqualTo(before);
        if (!pristine.equals("*")) {
            assertThat(before).isEqualTo(pristine);
        }
        assertThat(ask(a, show)).as("its own").startsWith(plain);
        assertThat(ask(b, show)).isEqualTo(before);
        run(a, "reset " + name);
        // pgjdbc names itself by a statement of its own, so that RESET undoes that too.
        if (!name.equals("application_name")) {
            assertThat(ask(a, show)).isEqualTo(before);
        }
    }

    /** The same thing under two names: what a driver sets, and what a statement sets. */
    @Test
    void keepsWhatIsCarriedByTwoNamesApart() throws Exception {
        a.setSchema("apart");
        b.setSchema("pg_catalog");
        for (int i = 0; i < 3; i++) {
            assertThat(ask(a, "select current_schema()")).isEqualTo("apart");
            assertThat(ask(b, "select current_schema()")).isEqualTo("pg_catalog");
        }
        run(a, "set search_path = public, apart");
        assertThat(ask(b, "select current_schema()")).isEqualTo("pg_catalog");
        assertThat(ask(a, "select current_schema()")).isEqualTo("public");
        b.setSchema("information_schema");
        assertThat(ask(b, "select current_schema()")).isEqualTo("information_schema");
        assertThat(ask(a, "select current_schema()")).isEqualTo("public");
        a.setSchema("pg_catalog");
        a.setSchema("apart");
        assertThat(ask(a, "select current_schema()")).isEqualTo("apart");
        assertThat(ask(b, "select current_schema()")).isEqualTo("information_schema");
        run(b, "reset all");
        assertThat(ask(b, "select current_schema()")).isEqualTo("public");
        assertThat(ask(a, "select current_schema()")).isEqualTo("apart");
    }

    @Test
    void carriesTheRole() throws Exception {
        run(a, "set role reduced");
        assertThat(ask(b, "select current_user")).isEqualTo("postgres");
        assertThat(ask(a, "select current_user")).isEqualTo("reduced");
        assertThat(state(() -> run(a, "delete from shared_rows where id = 1"))).isEqualTo("42501");
        assertThat(ask(b, "select count(*) from shared_rows")).isEqualTo("0");
        run(a, "reset role");
        assertThat(ask(a, "select current_user")).isEqualTo("postgres");
    }

    @Test
    void takesSettingsBackWithTheirTransaction() throws Exception {
        String show = "select current_setting('work_mem')";
        run(a, "set work_mem = '5MB'");
        a.setAutoCommit(false);
        run(a, "set work_mem = '6MB'");
        Savepoint point = a.setSavepoint("point");
        run(a, "set work_mem = '7MB'");
        a.rollback(point);
        assertThat(ask(a, show)).isEqualTo("6MB");
        a.commit();
        assertThat(ask(b, show)).isEqualTo("4MB");
        assertThat(ask(a, show)).isEqualTo("6MB");
        run(a, "set work_mem = '8MB'");
        a.rollback();
        assertThat(ask(b, show)).isEqualTo("4MB");
        assertThat(ask(a, show)).isEqualTo("6MB");
        run(a, "set local work_mem = '9MB'");
        assertThat(ask(a, show)).isEqualTo("9MB");
        a.commit();
        assertThat(ask(b, show)).isEqualTo("4MB");
        assertThat(ask(a, show)).isEqualTo("6MB");
        a.commit();
        a.setAutoCommit(true);
    }

    @Test
    void takesBackASettingThatBeginsItsTransaction() throws Exception {
        for (String setting : new String[] {"work_mem = '5MB'", "search_path = pg_catalog"}) {
            String name = setting.substring(0, setting.indexOf(' '));
            String before = ask(a, "show " + name);
            a.setAutoCommit(false);
            run(a, "set " + setting);
            assertThat(ask(a, "show " + name)).isNotEqualTo(before);
            a.rollback();
            assertThat(ask(a, "show " + name)).isEqualTo(before);
            a.rollback();
            run(a, "set " + setting);
            a.rollback();
            assertThat(ask(a, "show " + name)).as("nothing else ran").isEqualTo(before);
            run(a, "set " + setting);
            a.commit();
            assertThat(ask(a, "show " + name)).isNotEqualTo(before);
            a.rollback();
            a.setAutoCommit(true);
        }
    }

    @Test
    void takesBackSettingsOfAFailedTransactionThatCommits() throws Exception {
        run(a, "begin");
        run(a, "set work_mem = '6MB'");
        assertThat(state(() -> run(a, "select 1/0"))).isEqualTo("22012");
        assertThat(state(() -> run(a, "select 1"))).isEqualTo("25P02");
        run(a, "commit");
        assertThat(ask(a, "select current_setting('work_mem')")).isEqualTo("4MB");
        assertThat(ask(b, "select current_setting('work_mem')")).isEqualTo("4MB");
    }

    @Test
    void carriesWhatJdbcSets() throws Exception {
        a.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        a.setSchema("apart");
        a.setReadOnly(true);
        a.setAutoCommit(false);
        assertThat(ask(a, "show transaction_isolation")).isEqualTo("serializable");
        assertThat(ask(a, "show search_path")).contains("apart");
        assertThat(state(() -> run(a, "create table apart.x (a int)"))).isEqualTo("25006");
        a.rollback();
        assertThat(ask(b, "show transaction_isolation")).isEqualTo("read committed");
        assertThat(ask(b, "show search_path")).doesNotContain("apart");
        run(b, "insert into shared_rows values (7)");
        assertThat(ask(a, "show transaction_isolation")).isEqualTo("serializable");
        a.rollback();
        a.setAutoCommit(true);
        a.setReadOnly(false);
        run(a, "insert into public.shared_rows values (8)");
    }

    @Test
    void keepsTransactionsWrittenInSql() throws Exception {
        run(a, "begin isolation level repeatable read");
        run(a, "insert into shared_rows values (1)");
        assertThat(ask(a, "show transaction_isolation")).isEqualTo("repeatable read");
        CompletableFuture<String> other = meanwhile(() -> ask(b, "show transaction_isolation"));
        pause(Duration.ofMillis(100));
        assertThat(other).isNotDone();
        run(a, "savepoint s");
        run(a, "insert into shared_rows values (2)");
        run(a, "rollback to savepoint s");
        run(a, "commit");
        assertThat(joined(other)).isEqualTo("read committed");
        assertThat(ask(b, "select count(*) from shared_rows")).isEqualTo("1");
    }

    @Test
    void commitsWhenAutocommitIsSwitchedOn() throws Exception {
        a.setAutoCommit(false);
        run(a, "insert into shared_rows values (1)");
        a.setAutoCommit(true);
        assertThat(ask(b, "select count(*) from shared_rows")).isEqualTo("1");
        run(a, "insert into shared_rows values (2)");
        assertThat(ask(b, "select count(*) from shared_rows")).isEqualTo("2");
    }

    @Test
    void rollsBackWhatACloseLeavesOpen() throws Exception {
        a.setAutoCommit(false);
        run(a, "insert into shared_rows values (1)");
        try (Statement left = a.createStatement()) {
            left.execute("select 1");
            a.close();
        }
        assertThat(ask(b, "select count(*) from shared_rows")).isEqualTo("0");
    }
}
