package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.pause;
import static io.gatehouse.server.endtoend.Talk.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.PoolSettings;
import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rows that are stopped between two portions fail, and never look like all there are. */
@Timeout(60)
class CancelledPortalTest {
    private static final int ROWS = 400;

    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("one", Database.postgres(), 1);
        broker.serve(
                "hasty",
                Database.postgres(),
                PoolSettings.DEFAULT.withSize(1),
                new Timeouts(
                        Duration.ofMillis(300), Duration.ofSeconds(60), Duration.ofSeconds(5)));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @RepeatedTest(10)
    void cancelledAtAnyMoment() throws Exception {
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
        quiet(broker);
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
        quiet(broker);
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
