package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A connection of the driver goes on with another broker when its own goes away. */
@Timeout(60)
class MoveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private TestBroker first;
    private TestBroker second;
    private Connection c;

    @BeforeEach
    void twoBrokers() throws Exception {
        first = broker(0);
        second = broker(0);
        c = connect("");
        try (Connection direct = Database.postgres().direct()) {
            Talk.run(direct, "drop table if exists moved");
            Talk.run(direct, "create table moved (what text)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        c.close();
        first.close();
        second.close();
    }

    static TestBroker broker(int port) throws Exception {
        return TestBroker.permissiveAt(port).serve("one", Database.postgres(), 10);
    }

    private Connection connect(String properties) throws SQLException {
        String url =
                String.format(
                        Locale.ROOT,
                        "jdbc:gatehouse://127.0.0.1:%d,127.0.0.1:%d/one?moveTimeout=3&hostBackoff=1%s",
                        first.port(),
                        second.port(),
                        properties);
        return DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD);
    }

    private static String moved() throws SQLException {
        try (Connection direct = Database.postgres().direct()) {
            return Talk.ask(
                    direct, "select coalesce(string_agg(what, ',' order by what), '') from moved");
        }
    }

    @Test
    void anIdleOneGoesOnWithItsStatementsAndSettings() throws Exception {
        c.setSchema("pg_catalog");
        c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        c.setClientInfo("ApplicationName", "mover");
        try (PreparedStatement s =
                c.prepareStatement(
                        "select current_schema() || ' '"
                                + " || current_setting('transaction_isolation') || ' '"
                                + " || current_setting('application_name') || ' ' || ?")) {
            s.setInt(1, 1);
            assertThat(only(s)).isEqualTo("pg_catalog serializable mover 1");
            first.drain(PATIENCE);
            assertThat(c.isClosed()).isFalse();
            s.setInt(1, 2);
            assertThat(only(s)).isEqualTo("pg_catalog serializable mover 2");
        }
        assertThat(second.sessions().views()).hasSize(1);
        assertThat(c.isValid(2)).isTrue();
    }

    private static String only(PreparedStatement s) throws SQLException {
        try (ResultSet rows = s.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void readOnlyIsCarriedEvenBehindAFailure() throws Exception {
        c.setReadOnly(true);
        assertThat(Talk.state(() -> Talk.run(c, "select no_such_column"))).isEqualTo("42703");
        first.drain(PATIENCE);
        assertThat(Talk.state(() -> Talk.run(c, "insert into moved values ('x')")))
                .isEqualTo("25006");
    }

    @Test
    void aTransactionEndsWhereItBegan() throws Exception {
        c.setAutoCommit(false);
        Talk.run(c, "insert into moved values ('a')");
        var drained =
                Talk.meanwhile(() -> {
                    first.drain(PATIENCE);
                    return true;
                });
        Talk.run(c, "insert into moved values ('b')");
        c.commit();
        assertThat(Talk.joined(drained)).isTrue();
        Talk.run(c, "insert into moved values ('c')");
        c.rollback();
        Talk.run(c, "insert into moved values ('d')");
        c.commit();
        assertThat(moved()).isEqualTo("a,b,d");
    }

    @Test
    void aTransactionPastThePatienceIsToldToBeginAgain() throws Exception {
        c.setAutoCommit(false);
        Talk.run(c, "insert into moved values ('a')");
        first.drain(Duration.ofMillis(50));
        assertThat(Talk.state(() -> Talk.run(c, "insert into moved values ('b')")))
                .isEqualTo("40001");
        assertThat(Talk.state(() -> Talk.run(c, "insert into moved values ('c')")))
                .isEqualTo("40001");
        assertThat(Talk.state(() -> c.setAutoCommit(true))).isEqualTo("40001");
        Talk.run(c, "insert into moved values ('d')");
        c.rollback();
        Talk.run(c, "insert into moved values ('e')");
        c.commit();
        assertThat(moved()).isEqualTo("e");
    }

    @Test
    void aCommitThatWasNotSentDidNotTakePlace() throws Exception {
        c.setAutoCommit(false);
        Talk.run(c, "insert into moved values ('a')");
        first.drain(Duration.ofMillis(50));
        assertThat(Talk.state(c::commit)).isEqualTo("40001");
        c.commit();
        assertThat(moved()).isEmpty();
    }

    @Test
    void whatNoOtherBrokerHasStays() throws Exception {
        Talk.run(c, "create temporary table own (x int)");
        first.drain(Duration.ofMillis(50));
        SQLException e = Talk.failure(() -> Talk.run(c, "insert into own values (1)"));
        assertThat(e.getSQLState()).isEqualTo("57P01");
        assertThat(c.isClosed()).isTrue();
        assertThat(second.sessions().views()).isEmpty();
    }

    @Test
    void settingsMadeByStatementsStayToo() throws Exception {
        Talk.run(c, "set work_mem = '5MB'");
        first.drain(Duration.ofMillis(50));
        assertThat(Talk.state(() -> Talk.run(c, "select 1"))).isEqualTo("57P01");
        assertThat(c.isClosed()).isTrue();
        try (Connection other = connect("")) {
            Talk.run(other, "set work_mem = '5MB'");
            Talk.run(other, "reset work_mem");
            TestBroker third = broker(first.port());
            first.close();
            first = third;
            second.drain(PATIENCE);
            assertThat(Talk.ask(other, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aBrokerThatDiedWhileNobodyAskedIsLeft() throws Exception {
        assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
        first.close();
        Talk.pause(Duration.ofMillis(1_100));
        Talk.run(c, "insert into moved values ('once')");
        assertThat(moved()).isEqualTo("once");
    }

    @Test
    void aKilledBrokerLeavesOpenWhatOnlyTheDatabaseKnows() throws Exception {
        try (Connection direct = Database.postgres().direct()) {
            Talk.run(
                    direct,
                    "create or replace function doze() returns trigger language plpgsql as"
                            + " 'begin perform pg_sleep(4); return null; end'");
            Talk.run(
                    direct,
                    "create constraint trigger dozing after insert on moved deferrable"
                            + " initially deferred for each row execute function doze()");
            try (Connection changing = connect("");
                    Connection asking = connect("");
                    Connection inside = connect("")) {
                inside.setAutoCommit(false);
                c.setAutoCommit(false);
                Talk.run(c, "insert into moved values ('committed?')");
                List<CompletableFuture<String>> states =
                        List.of(
                                state(c::commit),
                                state(() -> Talk.run(changing, "insert into moved values ('?')")),
                                state(() -> Talk.ask(inside, "select pg_sleep(4)")),
                                state(() -> Talk.ask(asking, "select pg_sleep(4)")));
                String dozing =
                        "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
                Talk.eventually("all doze", () -> "4".equals(Talk.ask(direct, dozing)));
                first.close();
                List<String> told = new ArrayList<>();
                for (CompletableFuture<String> state : states) {
                    told.add(Talk.joined(state));
                }
                assertThat(told).containsExactly("08007", "08007", "40001", "08006");
                inside.rollback();
                for (Connection each : List.of(c, changing, asking, inside)) {
                    assertThat(Talk.ask(each, "select 1")).isEqualTo("1");
                }
            }
        }
    }

    private static CompletableFuture<String> state(ThrowingCallable work) {
        return Talk.meanwhile(() -> Talk.state(work));
    }

    @Test
    void theSameBrokerTakesOverAfterItsRestart() throws Exception {
        second.close();
        Talk.run(c, "insert into moved values ('a')");
        first.drain(PATIENCE);
        int port = first.port();
        var asked =
                Talk.meanwhile(() -> {
                    Talk.run(c, "insert into moved values ('b')");
                    return true;
                });
        first.close();
        first = broker(port);
        assertThat(Talk.joined(asked)).isTrue();
        assertThat(moved()).isEqualTo("a,b");
    }

    @Test
    void noBrokerAtAll() throws Exception {
        second.close();
        first.drain(PATIENCE);
        SQLException e = Talk.failure(() -> Talk.run(c, "select 1"));
        assertThat(e.getSQLState()).isEqualTo("57P01");
        assertThat(e.getMessage()).contains("No other broker took over");
    }

    @Test
    void aConnectionThatMustNotMove() throws Exception {
        try (Connection stays = connect("&moveTimeout=0")) {
            first.drain(PATIENCE);
            assertThat(Talk.state(() -> Talk.run(stays, "select 1"))).isEqualTo("57P01");
            assertThat(stays.isClosed()).isTrue();
        }
    }
}
