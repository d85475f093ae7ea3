package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.directory.Timeouts;
import io.gatehouse.server.testing.PoolBounds;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Several results of one client are open at a time. */
@Timeout(60)
class InterleavedResultsTest {
    private static final int ROWS = 30_000;
    @AutoClose private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        serve("postgresql", Database.postgres());
        serve("mariadb", Database.mariadb());
    }

    private static void serve(String name, Database database) {
        for (int size = 1; size <= 2; size++) {
            broker.serve(
                    name + size,
                    database,
                    PoolBounds.of(size).patience(Duration.ofMillis(700)).settings(),
                    Timeouts.DEFAULT);
        }
    }

    private static String numbers(String name) {
        return name.startsWith("postgresql")
                ? "select i, repeat('x', 100) from generate_series(1, " + ROWS + ") i"
                : "select seq, repeat('x', 100) from seq_1_to_" + ROWS;
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql1", "postgresql2"})
    void twoResultsInATransactionAreReadInTurns(String name) throws Exception {
        try (Connection c = broker.connect(name)) {
            c.setAutoCommit(false);
            try (Statement s = c.createStatement();
                    Statement t = c.createStatement();
                    ResultSet one = s.executeQuery(numbers(name));
                    ResultSet two = t.executeQuery(numbers(name))) {
                for (int i = 1; i <= ROWS; i++) {
                    assertThat(one.next()).isTrue();
                    assertThat(two.next()).isTrue();
                    assertThat(one.getInt(1)).isEqualTo(i);
                    assertThat(two.getInt(1)).isEqualTo(i);
                    if (i % 10_000 == 0) {
                        assertThat(ask(c, "select 5")).isEqualTo("5");
                    }
                }
                assertThat(one.next()).isFalse();
                assertThat(two.next()).isFalse();
            }
            c.commit();
        }
        quiet(broker);
    }

    /** MariaDB itself cannot: the client is told, and neither result is mixed up with the other. */
    @Test
    void aSecondResultInATransactionOfMariadbIsRefused() throws Exception {
        try (Connection c = broker.connect("mariadb1")) {
            c.setAutoCommit(false);
            try (Statement s = c.createStatement();
                    ResultSet one = s.executeQuery(numbers("mariadb1"))) {
                assertThat(one.next()).isTrue();
                SQLException refused = Talk.failure(() -> run(c, "select 5"));
                assertThat(refused.getSQLState()).isEqualTo("24000");
                int left = 1;
                while (one.next()) {
                    left++;
                }
                assertThat(left).isEqualTo(ROWS);
            }
            assertThat(ask(c, "select 5")).isEqualTo("5");
            c.commit();
        }
        quiet(broker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql2", "mariadb2"})
    void aHalfReadResultLeavesRoomForAnotherStatement(String name) throws Exception {
        try (Connection c = broker.connect(name);
                Statement s = c.createStatement();
                ResultSet one = s.executeQuery(numbers(name))) {
            int sum = 0;
            while (one.next()) {
                if (++sum % 10_000 == 0) {
                    assertThat(ask(c, "select 5")).isEqualTo("5");
                }
            }
            assertThat(sum).isEqualTo(ROWS);
        }
        quiet(broker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql1", "mariadb1"})
    void withOneConnectionTheOtherStatementIsRefusedInTime(String name) throws Exception {
        try (Connection c = broker.connect(name);
                Statement s = c.createStatement();
                ResultSet one = s.executeQuery(numbers(name))) {
            assertThat(one.next()).isTrue();
            SQLException refused = Talk.failure(() -> run(c, "select 5"));
            assertThat(refused.getSQLState()).isEqualTo("53300");
            int left = 1;
            while (one.next()) {
                left++;
            }
            assertThat(left).isEqualTo(ROWS);
            assertThat(ask(c, "select 5")).isEqualTo("5");
        }
        quiet(broker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql1", "mariadb1"})
    void aResultClosedHalfReadFreesItsConnection(String name) throws Exception {
        try (Connection c = broker.connect(name)) {
            for (int i = 0; i < 5; i++) {
                try (Statement s = c.createStatement();
                        ResultSet one = s.executeQuery(numbers(name))) {
                    assertThat(one.next()).isTrue();
                }
                assertThat(ask(c, "select 5")).isEqualTo("5");
            }
        }
        quiet(broker);
    }
}
