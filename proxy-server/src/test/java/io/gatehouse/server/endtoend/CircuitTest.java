package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.meanwhile;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.pool.PoolFigures;
import io.gatehouse.server.pool.PoolFigures.Circuit.State;
import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

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

/** A backend that goes away and comes back. */
@Timeout(60)
class CircuitTest {
    private TestBroker broker;
    private Forwarder cable;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.permissive();
        cable = new Forwarder(Databases.postgres());
        broker.serve("pg", Database.of("postgresql", cable.server()), 4);
    }

    @AfterEach
    void stop() throws Exception {
        quiet(broker);
        broker.close();
        cable.close();
    }

    private PoolFigures.Circuit circuit() {
        return broker.pools().figures().get(0).circuit();
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    @ParameterizedTest
    @EnumSource
    void opensTellsAndHeals(Door door) throws Exception {
        try (Connection c = door.connect(broker, "pg")) {
            assertThat(ask(c, "select 1")).isEqualTo("1");
            assertThat(circuit().state()).isEqualTo(State.CLOSED);
            int port = cable.server().port();
            cable.close();
            Talk.eventually(
                    "it opens",
                    () -> {
                        assertThat(Talk.state(() -> ask(c, "select 2"))).startsWith("08");
                        return circuit().state() == State.OPEN;
                    });
            SQLException told = answerAtOnce(c);
            assertThat(told.getSQLState()).isEqualTo("08001");
            assertThat(told.getMessage())
                    .contains("the database behind \"pg\" could not be reached for the last");
            assertThat(circuit().why()).containsIgnoringCase("refused");
            // Longer than a pause: probes fail, one at a time, and it stays open.
            Talk.pause(Duration.ofMillis(700));
            assertThat(Talk.state(() -> ask(c, "select 3"))).isEqualTo("08001");
            assertThat(circuit().state()).isNotEqualTo(State.CLOSED);

            cable = new Forwarder(Databases.postgres(), port);
            long back = System.nanoTime();
            Talk.eventually("it heals", () -> works(c));
            assertThat(since(back)).isLessThan(Duration.ofMillis(1_500));
            assertThat(circuit()).isEqualTo(PoolFigures.Circuit.CLOSED);
        }
    }

    /** Other than the probe, which may have to look for a moment. */
    private static SQLException answerAtOnce(Connection c) {
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            SQLException told = Talk.failure(() -> ask(c, "select 2"));
            if (since(start).compareTo(Duration.ofMillis(100)) < 0) {
                return told;
            }
        }
        throw new AssertionError("every answer took long");
    }

    private static boolean works(Connection c) {
        try {
            return "4".equals(ask(c, "select 4"));
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08");
            return false;
        }
    }

    @Test
    void onlyConnectivityCounts() throws Exception {
        List<Connection> all = new ArrayList<>();
        try (Connection c = broker.connect("pg")) {
            for (int i = 0; i < 10; i++) {
                assertThat(Talk.state(() -> run(c, "select 1/0"))).isEqualTo("22012");
            }
            assertThat(circuit().state()).isEqualTo(State.CLOSED);
            // All connections broken at once: the backend is there, so nobody is refused for it.
            List<CompletableFuture<String>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Connection one = broker.connect("pg");
                all.add(one);
                work.add(meanwhile(() -> Talk.state(() -> run(one, "select pg_sleep(20)"))));
            }
            Talk.eventually("all run", () -> cable.connections() >= 4);
            Talk.pause(Duration.ofMillis(200));
            cable.cut();
            for (CompletableFuture<String> one : work) {
                assertThat(Talk.joined(one)).isEqualTo("08006");
            }
            assertThat(ask(c, "select 5")).isEqualTo("5");
            assertThat(circuit().state()).isEqualTo(State.CLOSED);
        } finally {
            for (Connection one : all) {
                one.close();
            }
            // A server that sleeps does not notice that its client is cut off.
            Database.postgres()
                    .prepare(
                            "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                                    + " where query like '%pg_sleep(20)%'"
                                    + " and pid <> pg_backend_pid()");
        }
    }
}
