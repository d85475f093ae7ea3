package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.eventually;
import static io.gatehouse.server.endtoend.Talk.meanwhile;
import static io.gatehouse.server.endtoend.Talk.pause;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that vanishes leaves nothing behind. */
@Timeout(60)
class ClientLossTest {
    private static TestBroker broker;
    private static Forwarder cable;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("one", Database.postgres(), 1);
        cable = new Forwarder(new Databases.Server("127.0.0.1", broker.port(), "", "", ""));
        Database.postgres()
                .prepare("drop table if exists lost_rows", "create table lost_rows (id int)");
    }

    @AfterAll
    static void stop() {
        cable.close();
        broker.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        Database.postgres().prepare("truncate lost_rows");
    }

    /** Whatever happened: nothing runs, nothing is held, and the next client is served. */
    @AfterEach
    void nothingIsLeft() throws Exception {
        quiet(broker);
        eventually("the session is gone", () -> broker.sessions().views().isEmpty());
        try (Connection c = broker.connect("one")) {
            assertThat(ask(c, "select count(*) from lost_rows")).isEqualTo("0");
        }
        try (Connection c = Database.postgres().direct()) {
            assertThat(
                            ask(
                                    c,
                                    "select count(*) from pg_stat_activity where state <> 'idle'"
                                            + " and pid <> pg_backend_pid() and backend_type ="
                                            + " 'client backend'"))
                    .isEqualTo("0");
        }
    }

    private static Connection connect(Door door) throws SQLException {
        String base = "127.0.0.1:" + cable.server().port() + "/one";
        return switch (door) {
            case DRIVER ->
                    DriverManager.getConnection(
                            "jdbc:gatehouse://" + base, TestBroker.USER, TestBroker.PASSWORD);
            case PGJDBC ->
                    DriverManager.getConnection(
                            "jdbc:postgresql://" + base + "?sslmode=disable",
                            TestBroker.USER,
                            TestBroker.PASSWORD);
        };
    }

    @ParameterizedTest
    @EnumSource
    void midQuery(Door door) throws Exception {
        Connection c = connect(door);
        CompletableFuture<String> asleep =
                meanwhile(() -> Talk.state(() -> run(c, "select pg_sleep(50)")));
        eventually("it sleeps", () -> busyWith("pg_sleep"));
        cable.cut();
        assertThat(Talk.joined(asleep)).startsWith("08");
    }

    private static boolean busyWith(String text) throws SQLException {
        try (Connection c = Database.postgres().direct()) {
            return !"0"
                    .equals(
                            ask(
                                    c,
                                    "select count(*) from pg_stat_activity where state = 'active'"
                                            + " and pid <> pg_backend_pid() and query like '%"
                                            + text
                                            + "%'"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void inATransaction(Door door) throws Exception {
        Connection c = connect(door);
        c.setAutoCommit(false);
        run(c, "insert into lost_rows values (1)");
        cable.cut();
    }

    @ParameterizedTest
    @EnumSource
    void midQueryInATransaction(Door door) throws Exception {
        Connection c = connect(door);
        c.setAutoCommit(false);
        run(c, "insert into lost_rows values (1)");
        CompletableFuture<String> asleep =
                meanwhile(() -> Talk.state(() -> run(c, "select pg_sleep(50)")));
        eventually("it sleeps", () -> busyWith("pg_sleep"));
        cable.cut();
        // The driver tells that the transaction is over, and that it may begin again.
        assertThat(Talk.joined(asleep)).startsWith(door == Door.DRIVER ? "40001" : "08");
    }

    @ParameterizedTest
    @EnumSource
    void midResult(Door door) throws Exception {
        Connection c = connect(door);
        c.setAutoCommit(door == Door.DRIVER);
        Statement s = c.createStatement();
        s.setFetchSize(50);
        ResultSet rows =
                s.executeQuery("select i, repeat('x', 200) from generate_series(1, 500000) i");
        assertThat(rows.next()).isTrue();
        cable.cut();
    }

    @ParameterizedTest
    @EnumSource
    void whileItWaitsForAConnection(Door door) throws Exception {
        try (Connection holder = broker.connect("one")) {
            holder.setAutoCommit(false);
            run(holder, "insert into lost_rows values (1)");
            Connection c = connect(door);
            CompletableFuture<String> waiting =
                    meanwhile(() -> Talk.state(() -> run(c, "insert into lost_rows values (2)")));
            eventually("it waits", () -> broker.pools().figures().getFirst().waiting() == 1);
            cable.cut();
            eventually("nobody waits", () -> broker.pools().figures().getFirst().waiting() == 0);
            assertThat(Talk.joined(waiting)).startsWith("08");
            holder.rollback();
            holder.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withPinnedState(Door door) throws Exception {
        Connection c = connect(door);
        run(c, "create temporary table lost_rows_of_mine (x int)");
        run(c, "select pg_advisory_lock(77)");
        cable.cut();
        quiet(broker);
        try (Connection other = broker.connect("one")) {
            assertThat(Talk.state(() -> run(other, "select * from lost_rows_of_mine")))
                    .isEqualTo("42P01");
        }
        try (Connection other = Database.postgres().direct()) {
            assertThat(ask(other, "select pg_try_advisory_lock(77)")).isEqualTo("t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void atAnyMoment(Door door) throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 25; round++) {
            Connection c = connect(door);
            AtomicBoolean cut = new AtomicBoolean();
            CompletableFuture<Boolean> program =
                    meanwhile(() -> {
                        try (c) {
                            busyProgram(c, cut);
                        } catch (SQLException e) {
                            assertThat(cut).isTrue();
                        }
                        return true;
                    });
            pause(Duration.ofMillis(random.nextInt(60)));
            cut.set(true);
            cable.cut();
            assertThat(Talk.joined(program)).isTrue();
        }
    }

    /** Between transactions the driver goes on with another connection, and nothing fails. */
    private static void busyProgram(Connection c, AtomicBoolean cut) throws SQLException {
        while (!cut.get()) {
            c.setAutoCommit(false);
            run(c, "insert into lost_rows values (1)");
            try (Statement s = c.createStatement()) {
                s.setFetchSize(10);
                try (ResultSet rows =
                        s.executeQuery("select repeat('y', 1000) from generate_series(1, 3000)")) {
                    for (int i = 0; i < 1500 && rows.next(); i++) {
                        rows.getString(1);
                    }
                }
            }
            run(c, "select pg_sleep(0.005)");
            c.rollback();
        }
    }
}
