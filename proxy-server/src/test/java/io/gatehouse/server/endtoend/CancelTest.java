package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.joined;
import static io.gatehouse.server.endtoend.Talk.meanwhile;
import static io.gatehouse.server.endtoend.Talk.pause;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What runs can be stopped, and nothing else is hit. Rows that are stopped between two portions
 * fail, and never look like all there are.
 */
@Timeout(60)
class CancelTest {
    private static final int ROWS = 400;

    @AutoClose private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("one", Database.postgres(), 1);
        broker.serve("mariadb", Database.mariadb(), 1);
        broker.serve(
                "hasty",
                Database.postgres(),
                PoolBounds.of(1).settings(),
                new Timeouts(
                        Duration.ofMillis(300), Duration.ofSeconds(60), Duration.ofSeconds(5)));
    }

    @AfterEach
    void nothingIsHeld() throws Exception {
        quiet(broker);
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhatRuns(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            stops(c, "select pg_sleep(30)", "57014");
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @Test
    void stopsWhatRunsOnMariadb() throws Exception {
        try (Connection c = broker.connect("mariadb")) {
            // The first connection to a server takes its time.
            assertThat(ask(c, "select 2")).isEqualTo("2");
            stops(c, "select count(*) from seq_1_to_100000 a, seq_1_to_100000 b", "70100");
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    private static void stops(Connection c, String sql, String expected) throws Exception {
        try (Statement s = c.createStatement()) {
            long since = System.nanoTime();
            CompletableFuture<String> state = meanwhile(() -> Talk.state(() -> s.execute(sql)));
            pause(Duration.ofMillis(200));
            s.cancel();
            assertThat(joined(state)).isEqualTo(expected);
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isLessThan(Duration.ofSeconds(8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledStatementFailsItsTransactionOnly(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one")) {
            c.setAutoCommit(false);
            run(c, "select 1");
            stops(c, "select pg_sleep(30)", "57014");
            assertThat(Talk.state(() -> run(c, "select 1"))).isEqualTo("25P02");
            c.rollback();
            assertThat(ask(c, "select 3")).isEqualTo("3");
            c.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhatWaitsForAConnection(Door door) throws Exception {
        try (Connection holder = door.connect(broker, "one");
                Connection c = door.connect(broker, "one");
                Statement s = c.createStatement()) {
            holder.setAutoCommit(false);
            run(holder, "select 1");
            CompletableFuture<String> state =
                    meanwhile(() -> Talk.state(() -> s.execute("select 1")));
            Talk.eventually(
                    "it waits",
                    () -> broker.pools().figures().stream().anyMatch(f -> f.waiting() == 1));
            s.cancel();
            assertThat(joined(state)).isEqualTo("57014");
            holder.rollback();
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLateCancelHitsNobody(Door door) throws Exception {
        try (Connection a = door.connect(broker, "one");
                Connection b = door.connect(broker, "one");
                Statement s = a.createStatement()) {
            for (int i = 0; i < 20; i++) {
                s.execute("select 1");
                CompletableFuture<String> other =
                        meanwhile(() -> ask(b, "select 'b' || pg_sleep(0.02)"));
                s.cancel();
                assertThat(joined(other)).isEqualTo("b");
                assertThat(ask(a, "select 2")).isEqualTo("2");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutOfTheClientHolds(Door door) throws Exception {
        try (Connection c = door.connect(broker, "one");
                Statement s = c.createStatement()) {
            s.setQueryTimeout(1);
            SQLException late = Talk.failure(() -> s.execute("select pg_sleep(30)"));
            assertThat(late.getSQLState()).isEqualTo("57014");
            if (door == Door.DRIVER) {
                assertThat((Object) late).isInstanceOf(SQLTimeoutException.class);
            }
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionsTimeoutHolds(Door door) throws Exception {
        try (Connection c = door.connect(broker, "hasty")) {
            SQLException late = Talk.failure(() -> run(c, "select pg_sleep(30)"));
            assertThat(late.getSQLState()).isEqualTo("57014");
            assertThat(late.getMessage()).contains("300 ms");
            assertThat(ask(c, "select 3")).isEqualTo("3");
            assertThat(ask(c, "select 'done' || pg_sleep(0.01)")).isEqualTo("done");
        }
    }

    @Test
    void aTimeoutHoldsOnMariadb() throws Exception {
        try (Connection c = broker.connect("mariadb");
                Statement s = c.createStatement()) {
            s.setQueryTimeout(1);
            SQLException late =
                    Talk.failure(() ->
                            s.execute(
                                    "select count(*) from seq_1_to_100000 a,"
                                            + " seq_1_to_100000 b"));
            assertThat((Object) late).isInstanceOf(SQLTimeoutException.class);
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false, true, false, true, false})
    void aCancelEndsAHalfReadResult(boolean autocommit) throws Exception {
        try (Connection c = broker.connect("one");
                Statement s = c.createStatement()) {
            c.setAutoCommit(autocommit);
            try (ResultSet rows =
                    s.executeQuery("select repeat('x', 500) from generate_series(1, 100000)")) {
                assertThat(rows.next()).isTrue();
                s.cancel();
                assertThat(Talk.state(() -> readOut(rows))).isEqualTo("57014");
            }
            c.setAutoCommit(true);
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    private static void readOut(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        assertThat(count).as("rows of a result that ended without a failure").isNegative();
    }

    @RepeatedTest(10)
    void aCancelAtAnyMomentFailsRowsThatComeInPortions() throws Exception {
        try (Connection c = broker.connectAsPostgres("one")) {
            c.setAutoCommit(false);
            AtomicBoolean over = new AtomicBoolean();
            PGConnection postgres = c.unwrap(PGConnection.class);
            Thread canceller =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!over.get()) {
                                    cancel(postgres);
                                    pause(Duration.ofNanos(400_000));
                                }
                            });
            try {
                for (int i = 0; i < 20; i++) {
                    try {
                        assertThat(read(c, Duration.ZERO)).isEqualTo(ROWS);
                    } catch (SQLException e) {
                        assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("57014");
                    }
                    rollback(c);
                }
            } finally {
                over.set(true);
                canceller.join();
            }
        }
    }

    private static void cancel(PGConnection connection) {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void rollback(Connection c) throws SQLException {
        while (true) {
            try {
                c.rollback();
                return;
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("57014");
            }
        }
    }

    @Test
    void aLimitThatEndsBetweenTwoPortions() throws Exception {
        try (Connection c = broker.connectAsPostgres("hasty")) {
            c.setAutoCommit(false);
            SQLException late = Talk.failure(() -> read(c, Duration.ofMillis(700)));
            assertThat(late.getSQLState()).isEqualTo("57014");
            c.rollback();
            c.setAutoCommit(true);
            assertThat(ask(c, "select 3")).isEqualTo("3");
        }
    }

    private static int read(Connection c, Duration pause) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.setFetchSize(10);
            int seen = 0;
            try (ResultSet rows =
                    s.executeQuery("select i from generate_series(1, " + ROWS + ") i")) {
                while (rows.next()) {
                    seen++;
                    assertThat(rows.getInt(1)).isEqualTo(seen);
                    if (seen == 10) {
                        pause(pause);
                    }
                }
            }
            return seen;
        }
    }
}
