package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.failure;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Two clients on one connection of PostgreSQL, hazard by hazard, through both doors. */
@Timeout(60)
class PostgresHazardTest extends TwoClients {
    private static final String WORK_MEM = "select current_setting('work_mem')";

    @BeforeEach
    void tables() throws SQLException {
        Database.postgres()
                .prepare(
                        "drop table if exists hazard_rows",
                        "create table hazard_rows (id serial primary key, note text)",
                        "drop sequence if exists hazard_numbers",
                        "create sequence hazard_numbers",
                        "create schema if not exists hazard",
                        Talk.REDUCED,
                        "drop function if exists hazard_sets()",
                        "create function hazard_sets() returns text language sql as"
                                + " $$ select set_config('work_mem', '31MB', false) $$");
    }

    @Test
    void setConfigIsASetting() throws Exception {
        ask(a, "select set_config('work_mem', '6MB', false)");
        assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
        assertThat(ask(a, WORK_MEM)).isEqualTo("6MB");
        a.setAutoCommit(false);
        ask(a, "select pg_catalog.set_config('work_mem', '7MB', false)");
        assertThat(ask(a, WORK_MEM)).isEqualTo("7MB");
        a.rollback();
        a.setAutoCommit(true);
        assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
        assertThat(ask(a, WORK_MEM)).isEqualTo("6MB");
    }

    @Test
    void setConfigOfAPathIsAList() throws Exception {
        String schemas = "select current_schemas(false)::text";
        Map<String, String> paths =
                Map.of("hazard, public", "{hazard,public}", "HAZARD", "{hazard}", "", "{}");
        for (String path : paths.keySet()) {
            ask(a, "select set_config('search_path', '" + path + "', false)");
            assertThat(ask(a, schemas)).as(path).isEqualTo(paths.get(path));
            assertThat(ask(b, schemas)).isEqualTo("{public}");
            assertThat(ask(a, schemas)).as(path).isEqualTo(paths.get(path));
            run(a, "reset search_path");
        }
        ask(a, "select set_config('search_path', 'public,\"hazard\"', false)");
        assertThat(ask(a, schemas)).isEqualTo("{public,hazard}");
        a.close();
        assertThat(ask(b, schemas)).isEqualTo("{public}");
    }

    @Test
    void setConfigOfAParameterIsCarried() throws Exception {
        setConfig("select set_config('work_mem', ?, false)", "6MB");
        assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
        assertThat(ask(a, WORK_MEM)).isEqualTo("6MB");
        a.setAutoCommit(false);
        setConfig("select set_config('work_mem', ?, false)", "7MB");
        setConfig("select set_config('hazard.note', ?, true)", "gone");
        assertThat(ask(a, WORK_MEM)).isEqualTo("7MB");
        a.rollback();
        a.setAutoCommit(true);
        assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
        assertThat(ask(a, WORK_MEM)).isEqualTo("6MB");
    }

    @Test
    void noParameterOfSetConfigIsReadAsSql() throws Exception {
        String note = "select current_setting('hazard.note', true)";
        String odd = "it's \\ 'x'; set work_mem = '9MB'; --";
        setConfig("select set_config('hazard.note', ?, false)", odd);
        assertThat(ask(b, note)).isNotEqualTo(odd);
        assertThat(ask(a, note)).isEqualTo(odd);
        assertThat(ask(a, WORK_MEM)).isEqualTo("4MB");
    }

    @Test
    void aBoundPathIsAList() throws Exception {
        String schemas = "select current_schemas(false)::text";
        setConfig("select set_config('search_path', ?, false)", "HAZARD, public");
        assertThat(ask(b, schemas)).isEqualTo("{public}");
        assertThat(ask(a, schemas)).isEqualTo("{hazard,public}");
        // What is not plain stays on its own connection.
        setConfig("select set_config('search_path', ?, false)", "public,\"hazard\"");
        assertThat(ask(a, schemas)).isEqualTo("{public,hazard}");
        a.close();
        assertThat(ask(b, schemas)).isEqualTo("{public}");
    }

    private void setConfig(String sql, String value) throws SQLException {
        try (PreparedStatement s = a.prepareStatement(sql)) {
            s.setString(1, value);
            s.executeQuery().close();
        }
    }

    @Test
    void sessionAuthorizationStaysWithItsOwner() throws Exception {
        run(a, "set session authorization reduced");
        assertThat(ask(a, "select current_user")).isEqualTo("reduced");
        assertThat(ask(b, "select current_user || ' ' || session_user"))
                .isEqualTo("postgres postgres");
        assertThat(ask(a, "select current_user")).isEqualTo("reduced");
        run(a, "reset session authorization");
        assertThat(ask(a, "select current_user")).isEqualTo("postgres");
    }

    @Test
    void characteristicsLastAndTransactionModesDoNot() throws Exception {
        String show = "show transaction_isolation";
        run(a, "set session characteristics as transaction isolation level serializable");
        assertThat(ask(b, show)).isEqualTo("read committed");
        assertThat(ask(a, show)).isEqualTo("serializable");
        a.setAutoCommit(false);
        run(a, "set transaction isolation level repeatable read");
        assertThat(ask(a, show)).isEqualTo("repeatable read");
        a.commit();
        assertThat(ask(b, show)).isEqualTo("read committed");
        assertThat(ask(a, show)).isEqualTo("serializable");
        a.rollback();
        a.setAutoCommit(true);
    }

    @Test
    void whatAFunctionSetIsNotSeenByOthers() throws Exception {
        run(a, "do $$ begin perform set_config('work_mem', '30MB', false); end $$");
        assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
        assertThat(ask(a, "select hazard_sets()")).isEqualTo("31MB");
        assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
        a.setAutoCommit(false);
        ask(a, "select hazard_sets()");
        assertThat(ask(a, WORK_MEM)).as("within its transaction").isEqualTo("31MB");
        a.commit();
        assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
        a.setAutoCommit(true);
    }

    @Test
    void discardAllForgetsWhatIsCarried() throws Exception {
        run(a, "set work_mem = '6MB'");
        run(b, "set work_mem = '5MB'");
        assertThat(ask(a, WORK_MEM)).isEqualTo("6MB");
        run(a, "set role reduced");
        run(a, "discard all");
        assertThat(ask(a, WORK_MEM)).isEqualTo("4MB");
        assertThat(ask(a, "select current_user")).isEqualTo("postgres");
        assertThat(ask(b, WORK_MEM)).as("the other's").isEqualTo("5MB");
    }

    @Test
    void deallocateAllTakesNothingFromOthers() throws Exception {
        try (PreparedStatement s = b.prepareStatement("select ? + 1")) {
            for (int i = 0; i < 8; i++) {
                s.setInt(1, i);
                assertThat(first(s)).isEqualTo(Integer.toString(i + 1));
                run(a, i % 2 == 0 ? "deallocate all" : "discard plans");
            }
        }
    }

    @Test
    void preparedStatementsOfTheSameTextAreEachOnesOwn() throws Exception {
        a.setSchema("pg_catalog");
        try (PreparedStatement s = a.prepareStatement("select current_schema() || ?");
                PreparedStatement t = b.prepareStatement("select current_schema() || ?")) {
            for (int i = 0; i < 8; i++) {
                s.setString(1, "-a");
                t.setString(1, "-b");
                assertThat(first(s)).isEqualTo("pg_catalog-a");
                assertThat(first(t)).isEqualTo("public-b");
            }
        }
    }

    @Test
    void anotherOnesDdlIsNotSeenAsAStalePlan() throws Exception {
        try (PreparedStatement s =
                a.prepareStatement("select * from hazard_rows where note <> ?")) {
            run(a, "insert into hazard_rows (note) values ('x')");
            for (int i = 0; i < 8; i++) {
                s.setString(1, "none");
                assertThat(first(s)).isEqualTo("1");
            }
            run(b, "alter table hazard_rows alter column id type bigint");
            assertThat(first(s)).isEqualTo("1");
            run(b, "alter table hazard_rows add column more int default 7");
            assertThat(first(s)).isEqualTo("1");
        }
    }

    @Test
    void keysOfOthersAreNotTold() throws Exception {
        run(a, "insert into hazard_rows (note) values ('x')");
        ask(a, "select nextval('hazard_numbers')");
        assertThat(state(() -> ask(b, "select lastval()"))).isEqualTo("55000");
        assertThat(state(() -> ask(b, "select currval('hazard_numbers')"))).isEqualTo("55000");
        ask(a, "select nextval('hazard_numbers')");
        b.setAutoCommit(false);
        ask(b, "select 1");
        assertThat(state(() -> ask(b, "select currval('hazard_numbers')"))).isEqualTo("55000");
        b.rollback();
        b.setAutoCommit(true);
    }

    @Test
    void keysOfItsOwnAreKeptInATransactionAndOnceAskedFor() throws Exception {
        a.setAutoCommit(false);
        String key = ask(a, "select nextval('hazard_numbers')");
        assertThat(ask(a, "select currval('hazard_numbers')")).isEqualTo(key);
        a.commit();
        a.setAutoCommit(true);
        SQLException gone = failure(() -> ask(a, "select lastval()"));
        assertThat(gone.getMessage()).contains("does not have any more", "RETURNING");
        key = ask(a, "select nextval('hazard_numbers')");
        assertThat(ask(a, "select currval('hazard_numbers')")).isEqualTo(key);
        assertThat(broker.sessions().views())
                .anySatisfy(v -> assertThat(v.pins()).containsExactly("last statement"));
        a.close();
        assertThat(state(() -> ask(b, "select lastval()"))).isEqualTo("55000");
    }

    @Test
    void generatedKeysPinNothing() throws Exception {
        for (Connection c : new Connection[] {a, b, a, b}) {
            try (PreparedStatement s =
                    c.prepareStatement(
                            "insert into hazard_rows (note) values ('x')", new String[] {"id"})) {
                s.executeUpdate();
                try (ResultSet keys = s.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                }
            }
        }
        assertThat(broker.sessions().views()).allMatch(v -> v.pins().isEmpty());
    }

    @Test
    void theSeedOfRandomIsNotSharedByOthers() throws Exception {
        String expected;
        try (Connection c = Database.postgres().direct()) {
            run(c, "select setseed(0.25)");
            expected = ask(c, "select random()");
        }
        run(a, "select setseed(0.25)");
        assertThat(ask(a, "select random()")).as("its own").isEqualTo(expected);
        run(a, "select setseed(0.25)");
        a.close();
        assertThat(ask(b, "select random()")).as("the other's").isNotEqualTo(expected);
    }

    @Test
    void tablesInATemporaryPathAreNotSeenByOthers() throws Exception {
        String count = "select count(*) from pg_class where relname = 'hidden'";
        run(a, "set search_path = pg_temp, public");
        run(a, "create table hidden (x int)");
        assertThat(ask(a, count)).isEqualTo("1");
        a.close();
        assertThat(ask(b, count)).isEqualTo("0");
        try (Connection c = door.connect(broker, "one")) {
            c.setSchema("pg_temp");
            run(c, "create table hidden (x int)");
        }
        assertThat(ask(b, count)).isEqualTo("0");
    }

    @Test
    void startupOptionsStayWithTheirClient() throws Exception {
        try (Connection c =
                broker.connectAsPostgres(
                        "one", "options", "-c work_mem=9MB -c statement_timeout=77s")) {
            assertThat(ask(c, WORK_MEM)).isEqualTo("9MB");
            assertThat(ask(b, WORK_MEM)).isEqualTo("4MB");
            assertThat(ask(b, "show statement_timeout")).isEqualTo("0");
            assertThat(ask(c, "show statement_timeout")).isEqualTo("77s");
            run(c, "set work_mem = '6MB'");
            run(c, "discard all");
            assertThat(ask(c, WORK_MEM)).as("as it began").isEqualTo("9MB");
        }
    }

    @Test
    void copyIsRefused() throws Exception {
        assertThat(state(() -> run(a, "copy hazard_rows to stdout"))).isEqualTo("0A000");
        assertThat(ask(b, "select 1")).isEqualTo("1");
        assertThat(ask(a, "select 1")).isEqualTo("1");
    }

    private static String first(PreparedStatement s) throws SQLException {
        try (ResultSet rows = s.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
