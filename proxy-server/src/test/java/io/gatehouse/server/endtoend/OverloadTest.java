package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.eventually;
import static io.gatehouse.server.endtoend.Talk.joined;
import static io.gatehouse.server.endtoend.Talk.meanwhile;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.PoolSettings.PerUser;
import io.gatehouse.server.directory.PoolSettings.Slow;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.pool.PoolFigures;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** More work than connections: who waits, for how long, and who is told at once. */
@Timeout(60)
class OverloadTest {
    private static final PoolSettings FOUR =
            PoolBounds.of(4)
                    .patience(Duration.ofSeconds(20))
                    .slow(new Slow(0, Duration.ofMillis(150)))
                    .settings();

    private final List<Connection> open = new ArrayList<>();
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.permissive();
    }

    @AfterEach
    void stop() throws Exception {
        for (Connection c : open) {
            c.close();
        }
        quiet(broker);
        broker.close();
    }

    private void serve(PoolSettings settings) {
        broker.serve("pg", Database.postgres(), settings, Timeouts.DEFAULT);
    }

    private Connection connect(Door door) throws SQLException {
        Connection c = door.connect(broker, "pg");
        open.add(c);
        return c;
    }

    private Connection connectAsOther() throws SQLException {
        Connection c = broker.connectAsOther("pg");
        open.add(c);
        return c;
    }

    private PoolFigures figures() {
        return broker.pools().figures().get(0);
    }

    /** Many sessions run the same at once. */
    private List<CompletableFuture<String>> all(Door door, int count, String sql)
            throws SQLException {
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection c = connect(door);
            all.add(meanwhile(() -> ask(c, sql)));
        }
        return all;
    }

    /** Long statements, more than may run at once: three of them do. */
    private List<CompletableFuture<String>> manySlow(Door door) throws Exception {
        List<CompletableFuture<String>> slow = all(door, 6, "select 7 from pg_sleep(1)");
        eventually("three run, three wait", () -> figures().slow().waiting() == 3);
        return slow;
    }

    private static void answered(List<CompletableFuture<String>> all) throws Exception {
        for (CompletableFuture<String> one : all) {
            assertThat(joined(one)).isEqualTo("7");
        }
    }

    /** What someone is told for whom there is no room. */
    private static String refused(ThrowingCallable work) {
        SQLException refused = Talk.failure(work);
        assertThat(refused.getSQLState()).isEqualTo("53300");
        return String.valueOf(refused.getMessage());
    }

    @Test
    void aGreedyUserDoesNotKeepAModestOneWaiting() throws Exception {
        serve(PoolBounds.of(2).patience(Duration.ofSeconds(30)).settings());
        List<Connection> greedy = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            greedy.add(connect(Door.DRIVER));
        }
        Connection modest = connectAsOther();
        assertThat(ask(modest, "select 1")).isEqualTo("1");
        List<CompletableFuture<String>> work = new ArrayList<>();
        for (Connection c : greedy) {
            work.add(meanwhile(() -> ask(c, "select 7 from pg_sleep(0.02)")));
        }
        eventually("a long line", () -> figures().waiting() > 150);
        int before = figures().waiting();
        assertThat(ask(modest, "select 1")).isEqualTo("1");
        assertThat(figures().waitingByUser())
                .hasSize(1)
                .hasEntrySatisfying(
                        TestBroker.USER, left -> assertThat(left).isGreaterThan(before - 40));
        answered(work);
        assertThat(figures().timeouts() + figures().refusals()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void longStatementsLeaveRoomForQuickOnes(Door door) throws Exception {
        serve(FOUR);
        Connection quick = connect(door);
        ask(quick, "select 7 from pg_sleep(0.2)");
        List<CompletableFuture<String>> slow = manySlow(door);
        assertThat(figures().slow().busy()).isEqualTo(3);
        assertThat(figures().slow().most()).isEqualTo(3);
        for (int i = 0; i < 20; i++) {
            assertThat(ask(quick, "select " + i)).isEqualTo(Integer.toString(i));
        }
        assertThat(figures().slow().waiting()).as("all that in less than a second").isEqualTo(3);
        answered(slow);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionNeverWaitsForTheConnectionThatItHas(Door door) throws Exception {
        serve(FOUR);
        Connection c = connect(door);
        ask(c, "select 7 from pg_sleep(0.2)");
        c.setAutoCommit(false);
        ask(c, "select 1");
        List<CompletableFuture<String>> slow = manySlow(door);
        assertThat(ask(c, "select 7 from pg_sleep(0.2)")).isEqualTo("7");
        assertThat(figures().slow().waiting()).isEqualTo(3);
        c.commit();
        c.setAutoCommit(true);
        answered(slow);
    }

    @ParameterizedTest
    @EnumSource
    void anIdleTransactionLeavesItsPlaceAmongTheSlow(Door door) throws Exception {
        serve(FOUR);
        List<Connection> idle = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Connection c = connect(door);
            c.setAutoCommit(false);
            ask(c, "select 7 from pg_sleep(0.2)");
            idle.add(c);
        }
        assertThat(figures().busy()).isEqualTo(3);
        assertThat(ask(connect(door), "select 7 from pg_sleep(0.2)")).isEqualTo("7");
        for (Connection c : idle) {
            c.commit();
            c.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserHasOnlySoManyConnections(Door door) throws Exception {
        serve(FOUR);
        broker.limitClients(TestBroker.USER, 2);
        Connection first = door.connect(broker, "pg");
        connect(door);
        assertThat(refused(() -> connect(door)))
                .contains("user \"tester\" already has the 2 connections it may have");
        assertThat(ask(connectAsOther(), "select 1")).isEqualTo("1");
        first.close();
        eventually("there is room again", () -> broker.sessions().views().size() == 2);
        assertThat(ask(connect(door), "select 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void aUserRunsOnlySoManyStatementsAtOnce(Door door) throws Exception {
        serve(
                PoolBounds.like(FOUR)
                        .perUser(new PerUser(1, 0))
                        .patience(Duration.ofMillis(400))
                        .settings());
        Connection c = connect(door);
        c.setAutoCommit(false);
        run(c, "select 1");
        Connection again = connect(door);
        assertThat(refused(() -> run(again, "select 2")))
                .contains("none of the 1 backend connections")
                .contains("that one user may have became free within 400 ms");
        assertThat(ask(connectAsOther(), "select 3")).isEqualTo("3");
        CompletableFuture<String> waits = meanwhile(() -> ask(again, "select 4"));
        eventually("it waits", () -> figures().waiting() == 1);
        c.commit();
        assertThat(joined(waits)).isEqualTo("4");
        c.setAutoCommit(true);
    }

    @ParameterizedTest
    @EnumSource
    void aFullQueueRefusesTheGreedyFirst(Door door) throws Exception {
        serve(PoolBounds.of(1).waiting(3).settings());
        Connection modest = connectAsOther();
        Connection c = connect(door);
        c.setAutoCommit(false);
        run(c, "select 1");
        List<CompletableFuture<String>> greedy = all(door, 3, "select 7");
        eventually("the queue is full", () -> figures().waiting() == 3);
        Connection more = connect(door);
        assertThat(refused(() -> run(more, "select 2")))
                .contains("3 requests wait already (users: 1)");
        CompletableFuture<String> waits = meanwhile(() -> ask(modest, "select 3"));
        eventually("it waits", () -> figures().waitingByUser().size() == 2);
        c.commit();
        assertThat(joined(waits)).isEqualTo("3");
        long answered = greedy.stream().filter(one -> Talk.failed(one).isEmpty()).count();
        assertThat(answered).isEqualTo(2);
        assertThat(greedy).anyMatch(one -> Talk.failed(one).equals("53300"));
        c.setAutoCommit(true);
    }
}
