package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.PsqlProgram;
import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One statement, every door: the same decision, by the same rule, with the same SQLSTATE. */
@Timeout(120)
class SameVerdictTest {
    /** What SQL-level PREPARE takes comes first. */
    private static final List<String> PREPARABLE =
            List.of(
                    "select id from same where id = 1",
                    "select count(*) from same",
                    "values (1), (2)",
                    "insert into same (id) select 9 where 1 = 0",
                    "update same set id = 1 where id = 1",
                    "delete from same where id = 99",
                    "delete from same",
                    "delete from same where 1 = 1",
                    "delete from same where id = id",
                    "update same set id = id",
                    "update same set id = 1 where id = 1 or true",
                    "with x as (select 1 as id) select id from x",
                    "with x as (delete from same returning id) select id from x",
                    "with x as (delete from same where id = 99 returning id) select id from x",
                    "select pg_sleep(0)",
                    "select 1 where length(pg_read_file('x')) > 1",
                    "select query_to_xml('select 1', true, true, '')",
                    "select 'delete from same'",
                    "select id from same for update",
                    "merge into same using same s on true when matched then delete");

    private static final List<String> OTHERS =
            List.of(
                    "drop table same",
                    "truncate same",
                    "do 'begin end'",
                    "copy same to '/nowhere'",
                    "copy same to program 'true'",
                    "explain select id from same",
                    "explain delete from same",
                    "explain analyze delete from same",
                    "explain (analyze) delete from same where id = 99",
                    "create temp table if not exists same2 as select id from same",
                    "declare c cursor with hold for delete from same returning id",
                    "show work_mem",
                    "set work_mem = '5MB'",
                    "set standard_conforming_strings = off",
                    "alter system set work_mem = '5MB'",
                    "create extension plpython3u",
                    "fly me to the moon",
                    "lock table same in share mode",
                    "refresh materialized view nothing_of_that_name",
                    "vacuum (full) nothing_of_that_name");
    private static final List<String> EVERYWHERE =
            List.of(
                    "select id from same where id = 1",
                    "delete from same where id = 99",
                    "delete from same",
                    "delete from same where id = 1 or 1 = 1",
                    "update same set id = id",
                    "update same set id = 1 where id = 1",
                    "drop table same",
                    "select sleep(0) from same",
                    "select load_file('x')",
                    "select 'drop table same' as x",
                    "fly me to the moon",
                    "insert into same (id) select 9 from same where 1 = 0");

    private static final Map<String, TestBroker> BROKERS = new LinkedHashMap<>();
    private static final List<TestBroker.Database> DATABASES = new ArrayList<>();
    private static Pattern rules = Pattern.compile("");

    private final List<String> differences = new ArrayList<>();

    /** By who asks and what: what the driver's plain statement was told. */
    private final Map<String, String> expectations = new LinkedHashMap<>();

    private int compared;

    private enum How {
        STATEMENT,
        PREPARED,
        BATCH,
        PREPARED_BATCH,
        SQL_PREPARE,
        SEVERAL
    }

    /** The delivered policy for writers and for readers, but texts may hold several statements. */
    @BeforeAll
    static void start() throws Exception {
        String policy = Files.readString(Path.of("../conf/policies/default.yaml"));
        List<String> names = new ArrayList<>();
        Matcher name = Pattern.compile("- name: (\\S+)").matcher(policy);
        while (name.find()) {
            names.add(name.group(1));
        }
        rules = Pattern.compile(String.join("|", names));
        String several = policy.replace("[several-statements]", "[changes-role]");
        assertThat(several).isNotEqualTo(policy);
        BROKERS.put("writer", TestBroker.with(several));
        BROKERS.put("reader", TestBroker.with(several.replace("[readers]", "[testers]")));
        DATABASES.add(TestBroker.Database.postgres());
        DATABASES.add(TestBroker.Database.mariadb());
        DATABASES.add(TestBroker.Database.h2());
        for (TestBroker.Database database : DATABASES) {
            for (TestBroker broker : BROKERS.values()) {
                broker.serveKept(database.kind(), database, 2);
            }
            database.prepare(
                    "drop table if exists same",
                    "create table same (id int primary key)",
                    "insert into same values (1)");
        }
    }

    @AfterAll
    static void stop() {
        BROKERS.values().forEach(TestBroker::close);
    }

    private static String decision(String state, String message) {
        Matcher rule = rules.matcher(message);
        return rule.find() ? rule.group() + " " + state : "allowed";
    }

    private static String ask(Connection connection, How how, String sql) {
        try {
            run(connection, how, sql);
            return "allowed";
        } catch (SQLException e) {
            return decision(String.valueOf(e.getSQLState()), e.getMessage());
        } finally {
            tidy(connection);
        }
    }

    private static void tidy(Connection connection) {
        for (String sql : List.of("deallocate p", "close c")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                // It was not there, or the kind knows no such thing.
                continue;
            }
        }
    }

    private static void run(Connection connection, How how, String sql) throws SQLException {
        switch (how) {
            case STATEMENT, SEVERAL, SQL_PREPARE, BATCH -> {
                try (Statement statement = connection.createStatement()) {
                    statement.setEscapeProcessing(false);
                    switch (how) {
                        case BATCH -> {
                            statement.addBatch(sql);
                            statement.executeBatch();
                        }
                        case SEVERAL -> statement.execute("select 1; " + sql);
                        case SQL_PREPARE -> {
                            statement.execute("prepare p as " + sql);
                            statement.execute("execute p");
                        }
                        default -> statement.execute(sql);
                    }
                }
            }
            case PREPARED, PREPARED_BATCH -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    if (how == How.PREPARED_BATCH) {
                        statement.addBatch();
                        statement.addBatch();
                        statement.executeBatch();
                    } else {
                        statement.execute();
                    }
                }
            }
        }
    }

    private void compare(String who, String sql, String door, String expected, String decision) {
        compared++;
        if (!decision.equals(expected)) {
            differences.add(who + " " + door + ": " + decision + ", not " + expected + ": " + sql);
        }
    }

    private static List<How> hows(String kind, String who, String sql) {
        List<How> hows = new ArrayList<>(List.of(How.PREPARED, How.BATCH, How.PREPARED_BATCH));
        if (kind.equals("postgresql")) {
            hows.add(How.SEVERAL);
            // EXECUTE may do anything, which a reader may not, whatever was prepared.
            if (PREPARABLE.contains(sql) && who.equals("writer")) {
                hows.add(How.SQL_PREPARE);
            }
        }
        return hows;
    }

    private void doors(String kind, String who, String sql) throws SQLException {
        TestBroker broker = BROKERS.get(who);
        String expected;
        try (Connection connection = broker.connect(kind)) {
            expected = ask(connection, How.STATEMENT, sql);
            for (How how : hows(kind, who, sql)) {
                compare(who, sql, "driver " + how, expected, ask(connection, how, sql));
            }
        }
        for (String mode : List.of("simple", "extended", "extendedCacheEverything")) {
            try (Connection connection = broker.connectAsPostgres(kind, "preferQueryMode", mode)) {
                compare(who, sql, mode, expected, ask(connection, How.STATEMENT, sql));
                for (How how : hows(kind, who, sql)) {
                    String decision = ask(connection, how, sql);
                    compare(who, sql, mode + " " + how, expected, decision);
                }
            }
        }
        expectations.put(who + " " + sql, expected);
    }

    private void psql(String who, List<String> statements) throws InterruptedException {
        if (!PsqlProgram.present()) {
            return;
        }
        for (String sql : statements) {
            String said = PsqlProgram.run(BROKERS.get(who), "postgresql", List.of(sql));
            Matcher state = Pattern.compile("ERROR:  (\\w{5}): ").matcher(said);
            String decision = state.find() ? decision(state.group(1), said) : "allowed";
            String expected = expectations.getOrDefault(who + " " + sql, "");
            compare(who, sql, "psql", expected, decision);
        }
    }

    @Test
    void everyDoorOfPostgresqlSaysTheSame() throws Exception {
        List<String> all = new ArrayList<>(PREPARABLE);
        all.addAll(OTHERS);
        for (String who : BROKERS.keySet()) {
            for (String sql : all) {
                doors("postgresql", who, sql);
            }
            psql(who, all);
        }
        report(all.size());
        assertThat(compared).isGreaterThan(1_200);
    }

    @Test
    void everyDoorOfOtherKindsSaysTheSame() throws Exception {
        for (String kind : List.of("mariadb", "h2")) {
            for (String who : BROKERS.keySet()) {
                for (String sql : EVERYWHERE) {
                    doors(kind, who, sql);
                }
            }
        }
        report(EVERYWHERE.size());
        assertThat(compared).isGreaterThan(500);
    }

    private void report(int statements) {
        long refused = expectations.values().stream().filter(e -> !e.equals("allowed")).count();
        System.out.printf(
                Locale.ROOT,
                "%d statements, %d decisions compared, %d refusals among %d%n",
                statements,
                compared,
                refused,
                expectations.size());
        assertThat(differences).isEmpty();
        assertThat(refused).isGreaterThan(expectations.size() / 3);
        assertThat(expectations).containsValue("allowed");
    }
}
