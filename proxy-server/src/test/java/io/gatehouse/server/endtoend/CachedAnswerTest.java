package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Answers that the broker keeps, held against those of the server. */
@Timeout(60)
class CachedAnswerTest {
    private static final String RULES =
            """
            policy: 1
            default: allow
            rules:
              - name: everything
                match: {facts: [not-understood]}
                decide: allow
              - name: kept
                match: {verbs: [select, values]}
                cache: 30s
              - name: live
                match: {relations: [kept_live]}
                cache: never
              - name: private
                match: {users: [other]}
                masks: [{columns: [kept_person.email], with: partial, first: 2}]
            """;

    private static final String PERSON = "SELECT email FROM kept_person WHERE id = 1";

    private static final Database DATABASE = Database.postgres();
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        DATABASE.prepare(
                Talk.REDUCED,
                "DROP SCHEMA IF EXISTS kept_other CASCADE",
                "DROP TABLE IF EXISTS kept_person, kept_live, kept_many CASCADE",
                "DROP SEQUENCE IF EXISTS kept_numbers",
                "CREATE SEQUENCE kept_numbers",
                "CREATE TABLE kept_person (id int PRIMARY KEY, email text)",
                "INSERT INTO kept_person VALUES (1, 'ann@example.com'), (2, 'bob@example.com')",
                "CREATE TABLE kept_live AS SELECT 1 AS id",
                "CREATE TABLE kept_many AS SELECT n AS id, repeat('x', 40) AS name"
                        + " FROM generate_series(1, 1000) n",
                "CREATE SCHEMA kept_other",
                "CREATE TABLE kept_other.kept_person AS SELECT 1 AS id, 'else' AS email",
                "CREATE VIEW kept_who AS SELECT current_user::text AS role,"
                        + " current_setting('TimeZone') AS zone",
                "GRANT SELECT ON kept_who, kept_person TO reduced",
                "CREATE OR REPLACE FUNCTION kept_rename(text) RETURNS void LANGUAGE sql AS"
                        + " 'UPDATE kept_person SET email = $1 WHERE id = 1'");
        broker = TestBroker.with(RULES).serve("db", DATABASE, 4);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void forget() throws Exception {
        DATABASE.prepare("UPDATE kept_person SET email = 'ann@example.com' WHERE id = 1");
        broker.change(RULES);
        broker.recall().clear();
        broker.forgetStatements();
    }

    private static String by() {
        return Answered.by(broker);
    }

    private static String asked(Connection c, String sql) throws SQLException {
        return ask(c, sql) + " by " + by();
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anotherOnesChangeIsSeenWhenTheTimeIsOver(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db")) {
            assertThat(asked(c, PERSON)).isEqualTo("ann@example.com by primary");
            DATABASE.prepare("UPDATE kept_person SET email = 'new' WHERE id = 1");
            broker.age(Duration.ofSeconds(29));
            assertThat(asked(c, PERSON)).isEqualTo("ann@example.com by cache");
            broker.age(Duration.ofSeconds(2));
            assertThat(asked(c, PERSON)).isEqualTo("new by primary");
            assertThat(asked(c, PERSON)).isEqualTo("new by cache");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aChangeThroughTheBrokerIsSeenAtOnce(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db");
                Connection other = broker.connect("db")) {
            for (String change :
                    List.of(
                            "UPDATE kept_person SET email = 'one' WHERE id = 1",
                            "SELECT kept_rename('two')",
                            "WITH u AS (UPDATE kept_person SET email = 'three' WHERE id = 1"
                                    + " RETURNING id) SELECT id FROM u",
                            "DO $$ BEGIN UPDATE kept_person SET email = 'four' WHERE id = 1;"
                                    + " END $$")) {
                String before = ask(c, PERSON);
                assertThat(asked(c, PERSON)).isEqualTo(before + " by cache");
                run(other, change);
                assertThat(asked(c, PERSON)).isNotEqualTo(before).endsWith(" by primary");
            }
            other.setAutoCommit(false);
            run(other, "UPDATE kept_person SET email = 'five' WHERE id = 1");
            assertThat(ask(c, PERSON)).isEqualTo("four");
            assertThat(asked(c, PERSON)).isEqualTo("four by cache");
            assertThat(asked(other, PERSON)).isEqualTo("five by primary");
            other.commit();
            assertThat(asked(c, PERSON)).isEqualTo("five by primary");
            try (PreparedStatement s =
                    other.prepareStatement("UPDATE kept_person SET email = ? WHERE id = 1")) {
                for (String email : List.of("six", "seven")) {
                    s.setString(1, email);
                    s.addBatch();
                }
                s.executeBatch();
            }
            other.commit();
            assertThat(asked(c, PERSON)).isEqualTo("seven by primary");
        }
    }

    @Test
    void usersNeverShareWhatOneOfThemMaySeeOnlyMasked() throws Exception {
        try (Connection c = broker.connect("db");
                Connection other = broker.connectAsOther("db")) {
            assertThat(asked(c, PERSON)).isEqualTo("ann@example.com by primary");
            assertThat(asked(other, PERSON)).isEqualTo("an************* by primary");
            assertThat(asked(c, PERSON)).isEqualTo("ann@example.com by cache");
            assertThat(asked(other, PERSON)).isEqualTo("an************* by cache");
            assertThat(broker.statements().getLast().judgement().masks())
                    .containsExactly("email partial");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void settingsAndValuesAreTheirOwnAnswers(Door door) throws Exception {
        String who = "SELECT role || ' ' || zone FROM kept_who";
        String text = "SELECT email FROM kept_person WHERE id = ?";
        try (Connection c = door.connect(broker, "db");
                Connection other = door.connect(broker, "db");
                PreparedStatement s = c.prepareStatement(text)) {
            String plain = ask(c, who);
            assertThat(asked(c, who)).isEqualTo(plain + " by cache");
            run(other, "SET TimeZone = 'Asia/Tokyo'");
            assertThat(asked(other, who)).endsWith("Asia/Tokyo by primary");
            run(other, "SET ROLE reduced");
            assertThat(asked(other, who)).isEqualTo("reduced Asia/Tokyo by primary");
            run(other, "RESET ROLE");
            assertThat(asked(c, PERSON)).isEqualTo("ann@example.com by primary");
            run(other, "SET TimeZone TO DEFAULT");
            run(other, "SET search_path = kept_other, public");
            assertThat(asked(other, PERSON)).isEqualTo("else by primary");
            assertThat(asked(c, PERSON)).isEqualTo("ann@example.com by cache");
            for (String backend : List.of("primary", "cache")) {
                for (int id = 1; id <= 2; id++) {
                    s.setInt(1, id);
                    try (ResultSet rows = s.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).startsWith(id == 1 ? "ann" : "bob");
                    }
                    assertThat(by()).isEqualTo(backend);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatIsNotAPlainReadIsNeverKept(Door door) throws Exception {
        Answered.byThePrimary(
                broker,
                door,
                2,
                List.of(
                        "SELECT now(), id FROM kept_person",
                        "SELECT id FROM kept_person WHERE current_date IS NOT NULL",
                        "SELECT 'now'::timestamptz FROM kept_person",
                        "SELECT timestamp ' ToDay ' FROM kept_person",
                        "SELECT random() FROM kept_person",
                        "SELECT gen_random_uuid() FROM kept_person",
                        "SELECT current_user FROM kept_person",
                        "SELECT current_setting('TimeZone') FROM kept_person",
                        "SELECT kept_rename('ann@example.com')",
                        "SELECT nextval('kept_numbers')",
                        "SELECT id FROM kept_person FOR UPDATE",
                        "SELECT id FROM kept_live",
                        "SELECT p.id FROM kept_person p, kept_live l",
                        "SELECT id FROM kept_person TABLESAMPLE BERNOULLI (50)",
                        "SELECT count(*) FROM pg_stat_activity",
                        "SELECT count(*) FROM pg_class",
                        "UPDATE kept_live SET id = 1 RETURNING id",
                        "EXPLAIN SELECT id FROM kept_person",
                        "SHOW TimeZone"));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aTransactionAPinAndAMomentAsAValueAskTheServer(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db");
                PreparedStatement s =
                        c.prepareStatement("SELECT CAST(? AS text)::timestamptz FROM kept_live")) {
            ask(c, PERSON);
            assertThat(asked(c, PERSON)).endsWith("by cache");
            c.setAutoCommit(false);
            assertThat(asked(c, PERSON)).endsWith("by primary");
            c.rollback();
            c.setAutoCommit(true);
            assertThat(asked(c, PERSON)).endsWith("by cache");
            for (int i = 0; i < 2; i++) {
                s.setString(1, "now");
                s.executeQuery().close();
                assertThat(by()).isEqualTo("primary");
            }
            run(c, "CREATE TEMP TABLE kept_person (id int, email text)");
            run(c, "INSERT INTO kept_person VALUES (1, 'mine')");
            assertThat(asked(c, PERSON)).isEqualTo("mine by primary");
            assertThat(asked(c, PERSON)).isEqualTo("mine by primary");
        }
        try (Connection c = door.connect(broker, "db")) {
            assertThat(asked(c, PERSON)).isEqualTo("ann@example.com by primary");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anAnswerIsTakenInAsSlowlyAsAnyOther(Door door) throws Exception {
        String sql = "SELECT id, name FROM kept_many WHERE id <= 700 ORDER BY id";
        try (Connection c = door.connect(broker, "db");
                Statement s = c.createStatement();
                Statement between = c.createStatement()) {
            s.setFetchSize(10);
            for (String backend : List.of("primary", "cache")) {
                try (ResultSet rows = s.executeQuery(sql)) {
                    for (int id = 1; id <= 700; id++) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getInt(1)).isEqualTo(id);
                        if (id == 30) {
                            between.execute("SELECT id FROM kept_live");
                        }
                    }
                    assertThat(rows.next()).isFalse();
                }
                assertThat(
                                broker.statements().stream()
                                        .filter(e -> e.ending().rows() == 700)
                                        .toList()
                                        .getLast()
                                        .source()
                                        .backend())
                        .isEqualTo(backend);
            }
            try (ResultSet rows = s.executeQuery(sql)) {
                assertThat(rows.next()).isTrue();
            }
            s.setMaxRows(3);
            for (String backend : List.of("primary", "cache")) {
                try (ResultSet rows = s.executeQuery(sql)) {
                    assertThat(by()).isEqualTo(backend);
                    for (int id = 1; id <= 3; id++) {
                        assertThat(rows.next()).isTrue();
                    }
                    assertThat(rows.next()).isFalse();
                }
            }
        }
        Talk.quiet(broker);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatIsLargerThanAnEntryIsNotKept(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db")) {
            String large = "SELECT a.name || b.name FROM kept_many a, kept_many b WHERE b.id < 3";
            for (int i = 0; i < 2; i++) {
                assertThat(asked(c, large)).endsWith("by primary");
            }
            for (int i = 0; i < 50; i++) {
                run(c, "SELECT id, name FROM kept_many WHERE id <= 200 + " + i);
            }
            assertThat(broker.recall().bytes()).isBetween(1L << 16, 1L << 18);
        }
    }

    @Test
    void limitsHoldForWhatIsKept() throws Exception {
        broker.change(
                RULES
                        + """
                          - name: few
                            match: {relations: [kept_many]}
                            max-rows: 5
                            rate: {statements: 3, per: 1h}
                        """);
        String sql = "SELECT id FROM kept_many ORDER BY id";
        try (Connection c = broker.connect("db");
                Statement s = c.createStatement()) {
            for (String backend : List.of("primary", "cache", "cache")) {
                try (ResultSet rows = s.executeQuery(sql)) {
                    for (int i = 0; i < 5; i++) {
                        assertThat(rows.next()).isTrue();
                    }
                    assertThat(rows.next()).isFalse();
                }
                assertThat(by()).isEqualTo(backend);
            }
            assertThat(state(() -> s.executeQuery(sql))).isEqualTo("53400");
        }
    }

    @Test
    void anotherPolicyBeginsAnew() throws Exception {
        try (Connection c = broker.connect("db")) {
            ask(c, PERSON);
            assertThat(asked(c, PERSON)).endsWith("by cache");
            broker.change(RULES.replace("30s", "20s"));
            assertThat(asked(c, PERSON)).endsWith("by primary");
            broker.change(RULES.replace("cache: 30s", "cache: never"));
            assertThat(asked(c, PERSON)).endsWith("by primary");
            assertThat(asked(c, PERSON)).endsWith("by primary");
        }
    }
}
