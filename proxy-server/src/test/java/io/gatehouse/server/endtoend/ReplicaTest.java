package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.eventually;
import static io.gatehouse.server.endtoend.Talk.run;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.pool.PoolFigures;
import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.testing.OwnServer;
import io.gatehouse.server.testing.TestBroker;

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

/** Reads on a real hot standby, by rules that say so. */
@Timeout(120)
class ReplicaTest {
    private static final String RULES =
            """
            policy: 1
            default: allow
            rules:
              - name: everything
                match: {facts: [not-understood]}
                decide: allow
              - name: reads-elsewhere
                match: {access: read}
                route: replica
              - name: never-stale
                match: {relations: [fresh]}
                route: primary
            """;

    private static OwnServer primary;
    private static OwnServer standby;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        primary = OwnServer.postgres();
        primary.database()
                .prepare(
                        "CREATE TABLE item (id int PRIMARY KEY, name text)",
                        "INSERT INTO item SELECT n, 'item ' || n FROM generate_series(1, 20000) n",
                        "CREATE TABLE fresh (id int)",
                        "CREATE SEQUENCE numbers",
                        "CREATE ROLE reduced",
                        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reduced",
                        "CREATE SCHEMA other",
                        "CREATE TABLE other.item AS SELECT 1 AS id, 'elsewhere' AS name",
                        // What the broker cannot see in the statement shows who answers it.
                        "CREATE VIEW who AS SELECT CASE WHEN pg_is_in_recovery() THEN 'replica'"
                                + " ELSE 'primary' END AS served, current_user::text AS role,"
                                + " current_setting('TimeZone') AS zone,"
                                + " current_setting('search_path') AS path",
                        "CREATE VIEW bump AS SELECT nextval('numbers') AS n",
                        "CREATE FUNCTION plain() RETURNS text LANGUAGE sql STABLE AS"
                                + " 'SELECT served FROM who'",
                        "GRANT SELECT ON who TO reduced");
        standby = primary.standby();
        broker = TestBroker.with(RULES).serve("db", primary.database(), 4);
    }

    @AfterAll
    static void stop() {
        broker.close();
        standby.close();
        primary.close();
    }

    @BeforeEach
    void up() throws Exception {
        standby.start();
        // Nobody waits for changes of their own, unless a test says so.
        broker.replicate("db", Duration.ZERO, standby.database());
        caughtUp();
        try (Connection c = broker.connect("db")) {
            eventually("the replica is asked", () -> "replica".equals(served(c)));
        }
        broker.forgetStatements();
    }

    private static String served(Connection c) throws SQLException {
        return ask(c, "SELECT served FROM who");
    }

    private static Ledger.Entry last() {
        return broker.statements().getLast();
    }

    private static void caughtUp() throws Exception {
        try (Connection p = primary.database().direct();
                Connection s = standby.database().direct()) {
            String now = ask(p, "SELECT pg_current_wal_lsn()");
            eventually(
                    "the standby has caught up",
                    () ->
                            "t"
                                    .equals(
                                            ask(
                                                    s,
                                                    "SELECT coalesce(pg_last_wal_replay_lsn(),"
                                                            + " '0/0') >= '"
                                                            + now
                                                            + "'::pg_lsn")));
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aReadIsAnsweredByTheReplica(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db")) {
            assertThat(served(c)).isEqualTo("replica");
            assertThat(last().source().backend()).isEqualTo("replica-1");
            assertThat(last().source().cameBack()).isFalse();
            String sql = "SELECT i.name, w.served FROM item i, who w WHERE i.id = ?";
            try (PreparedStatement s = c.prepareStatement(sql)) {
                for (int id = 1; id < 9; id++) {
                    s.setInt(1, id);
                    try (ResultSet rows = s.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).isEqualTo("item " + id);
                        assertThat(rows.getString(2)).isEqualTo("replica");
                    }
                }
            }
            assertThat(ask(c, "WITH w AS (SELECT * FROM who) SELECT served FROM w, now()"))
                    .isEqualTo("replica");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aLargeResultStreamsFromTheReplicaBesideOtherStatements(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db");
                Statement s = c.createStatement()) {
            s.setFetchSize(50);
            try (ResultSet rows =
                    s.executeQuery("SELECT i.id, w.served FROM item i, who w ORDER BY i.id")) {
                for (int id = 1; id <= 20_000; id++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(id);
                    assertThat(rows.getString(2)).isEqualTo("replica");
                    if (id == 100) {
                        assertThat(ask(c, "SELECT name FROM item WHERE id = 1 FOR UPDATE"))
                                .isEqualTo("item 1");
                        assertThat(served(c)).isEqualTo("replica");
                    }
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatIsMoreThanAReadIsThePrimarys(Door door) throws Exception {
        // A change keeps its session at the primary.
        Answered.byThePrimary(
                broker,
                door,
                1,
                List.of(
                        "SELECT name FROM item WHERE id = 1 FOR UPDATE",
                        "SELECT name FROM item WHERE id = 1 FOR SHARE",
                        "SELECT plain()",
                        "SELECT public.plain() FROM item WHERE id = 1",
                        "SELECT nextval('numbers')",
                        "SELECT pg_is_in_recovery() FROM item LIMIT 1",
                        "SELECT current_user FROM item LIMIT 1",
                        "SELECT current_setting('work_mem') FROM item LIMIT 1",
                        "SELECT count(*) FROM pg_stat_activity",
                        "SELECT count(*) FROM information_schema.tables",
                        "SELECT served FROM who, fresh",
                        "SELECT id FROM fresh",
                        "SELECT pg_advisory_xact_lock(1) FROM item LIMIT 1",
                        "EXPLAIN SELECT * FROM item",
                        "SHOW work_mem",
                        "WITH c AS (INSERT INTO fresh VALUES (1) RETURNING id) SELECT id FROM c",
                        "INSERT INTO fresh SELECT id FROM item WHERE id < 3 RETURNING id",
                        "UPDATE item SET name = name WHERE id = 7"));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void transactionsAreThePrimarys(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db")) {
            c.setAutoCommit(false);
            assertThat(served(c)).isEqualTo("primary");
            c.commit();
            c.setReadOnly(true);
            assertThat(served(c)).isEqualTo("primary");
            c.commit();
            c.setReadOnly(false);
            c.setAutoCommit(true);
            assertThat(served(c)).isEqualTo("replica");
            run(c, "BEGIN");
            assertThat(served(c)).isEqualTo("primary");
            run(c, "COMMIT");
            assertThat(served(c)).isEqualTo("replica");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aPinnedSessionStaysWhereItIsPinned(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db")) {
            assertThat(served(c)).isEqualTo("replica");
            run(c, "CREATE TEMP TABLE item (id int)");
            assertThat(ask(c, "SELECT count(*) FROM item")).isEqualTo("0");
            assertThat(served(c)).isEqualTo("primary");
        }
        try (Connection c = door.connect(broker, "db")) {
            run(c, "SELECT plain()");
            // It may have changed what names mean.
            assertThat(served(c)).isEqualTo("primary");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void settingsGoWithTheSession(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db");
                Connection other = door.connect(broker, "db")) {
            run(c, "SET TimeZone = 'Asia/Tokyo'");
            run(c, "SET ROLE reduced");
            String all = "SELECT served || ' ' || role || ' ' || zone FROM who";
            assertThat(ask(c, all)).isEqualTo("replica reduced Asia/Tokyo");
            assertThat(ask(other, all)).startsWith("replica postgres ").doesNotContain("Tokyo");
            run(c, "RESET ROLE");
            run(c, "SET search_path = other, public");
            assertThat(ask(c, "SELECT name || ' ' || served FROM item, who"))
                    .isEqualTo("elsewhere replica");
            assertThat(ask(other, "SELECT name || ' ' || served FROM item, who WHERE id = 3"))
                    .isEqualTo("item 3 replica");
            c.setSchema("other");
            assertThat(ask(c, "SELECT name FROM item")).isEqualTo("elsewhere");
            assertThat(last().source().backend()).isEqualTo("replica-1");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aSessionReadsWhatItWrote(Door door) throws Exception {
        broker.replicate("db", Duration.ofHours(1), standby.database());
        try (Connection c = door.connect(broker, "db");
                Connection other = door.connect(broker, "db")) {
            assertThat(served(c)).isEqualTo("replica");
            run(c, "UPDATE item SET name = 'item 5' WHERE id = 5");
            assertThat(served(c)).isEqualTo("primary");
            assertThat(served(other)).isEqualTo("replica");
            other.setAutoCommit(false);
            run(other, "UPDATE item SET name = 'item 6' WHERE id = 6");
            other.commit();
            other.setAutoCommit(true);
            assertThat(served(other)).isEqualTo("primary");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatTheReplicaRefusesThePrimaryAnswers(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db")) {
            // Nobody sees that it moves a sequence, which a standby cannot.
            assertThat(Long.parseLong(String.valueOf(ask(c, "SELECT n FROM bump")))).isPositive();
            assertThat(last().source().backend()).isEqualTo("primary");
            assertThat(last().source().cameBack()).isTrue();
            assertThat(state(() -> run(c, "SELECT nothing FROM item"))).isEqualTo("42703");
            assertThat(state(() -> run(c, "SELECT 1 / (id - 1) FROM item"))).isEqualTo("22012");
            assertThat(last().source().backend()).isEqualTo("replica-1");
            assertThat(served(c)).isEqualTo("replica");
        }
    }

    @Test
    void aTableThatHasNotArrivedIsThePrimarys() throws Exception {
        try (Connection s = standby.database().direct();
                Connection c = broker.connect("db")) {
            run(s, "SELECT pg_wal_replay_pause()");
            eventually(
                    "nothing arrives",
                    () -> "paused".equals(ask(s, "SELECT pg_get_wal_replay_pause_state()")));
            primary.database().prepare("CREATE TABLE late AS SELECT 1 AS id");
            try {
                assertThat(ask(c, "SELECT id FROM late")).isEqualTo("1");
                assertThat(last().source().cameBack()).isTrue();
            } finally {
                run(s, "SELECT pg_wal_replay_resume()");
                primary.database().prepare("DROP TABLE late");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void withoutItsReplicaThePrimaryAnswers(Door door) throws Exception {
        try (Connection c = door.connect(broker, "db")) {
            assertThat(served(c)).isEqualTo("replica");
            standby.kill();
            for (int i = 0; i < 10; i++) {
                assertThat(served(c)).isEqualTo("primary");
            }
            assertThat(broker.statements().stream().anyMatch(e -> e.source().cameBack())).isTrue();
            eventually("the circuit is open", () -> circuit() != PoolFigures.Circuit.State.CLOSED);
            standby.start();
            eventually("the replica is asked again", () -> "replica".equals(served(c)));
            assertThat(circuit()).isEqualTo(PoolFigures.Circuit.State.CLOSED);
        }
    }

    private static PoolFigures.Circuit.State circuit() {
        return broker.pools().figures().stream()
                .filter(pool -> pool.name().equals("db/replica-1"))
                .findFirst()
                .orElseThrow()
                .circuit()
                .state();
    }

    @Test
    void withoutThePrimaryOnlyReadsGoOn() throws Exception {
        try (Connection c = broker.connect("db")) {
            assertThat(served(c)).isEqualTo("replica");
            primary.kill();
            try {
                assertThat(served(c)).isEqualTo("replica");
                assertThat(state(() -> run(c, "UPDATE item SET name = 'x' WHERE id = 1")))
                        .startsWith("08");
            } finally {
                primary.start();
            }
        }
    }

    @Test
    void aStandbyThatTakesTooLongIsCancelledAsAPrimaryIs() throws Exception {
        try (Connection c = broker.connect("db");
                Statement s = c.createStatement()) {
            s.setQueryTimeout(1);
            String slow = "SELECT count(*) FROM item a, item b, item c, who";
            assertThat(state(() -> s.executeQuery(slow))).isEqualTo("57014");
            assertThat(last().source().backend()).isEqualTo("replica-1");
            assertThat(served(c)).isEqualTo("replica");
        }
    }
}
