package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Results that the driver keeps: to scroll in them, over a commit, and to change their rows. */
@Timeout(60)
class KeptResultsTest {
    private static final int ROWS = 30_000;
    private static TestBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("postgresql", Database.postgres(), 2);
        broker.serve("mariadb", Database.mariadb(), 2);
        broker.serve("h2", Database.h2(), 2);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static String numbers(String name) {
        return switch (name) {
            case "postgresql" ->
                    "select i, repeat('x', 100) from generate_series(1, " + ROWS + ") i";
            case "mariadb" -> "select seq, repeat('x', 100) from seq_1_to_" + ROWS;
            default -> "select x, repeat('x', 100) from system_range(1, " + ROWS + ")";
        };
    }

    private static Connection keepingLittle(String name) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", TestBroker.USER);
        properties.setProperty("password", TestBroker.PASSWORD);
        properties.setProperty("keptRows", "65536");
        return DriverManager.getConnection(broker.url(name), properties);
    }

    private static Statement scrollable(Connection c) throws SQLException {
        return c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2"})
    void aLargeResultIsScrolledInBothDirections(String name) throws SQLException {
        try (Connection c = broker.connect(name);
                Statement s = scrollable(c);
                ResultSet rows = s.executeQuery(numbers(name))) {
            assertThat(rows.last()).isTrue();
            assertThat(rows.getRow()).isEqualTo(ROWS);
            for (int i = ROWS; i >= 1; i--) {
                assertThat(rows.getInt(1)).isEqualTo(i);
                assertThat(rows.previous()).isEqualTo(i > 1);
            }
            assertThat(rows.isBeforeFirst()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2"})
    void moreThanMayBeKeptIsRefusedAndTheConnectionGoesOn(String name) throws SQLException {
        try (Connection c = keepingLittle(name)) {
            try (Statement s = scrollable(c);
                    ResultSet rows = s.executeQuery(numbers(name))) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(rows::last)
                        .withMessageContaining("keptRows")
                        .matches(e -> "54000".equals(e.getSQLState()));
            }
            assertThat(ask(c, "select 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2"})
    void anOpenResultOutlivesItsTransaction(String name) throws SQLException {
        try (Connection c = broker.connect(name)) {
            c.setAutoCommit(false);
            try (Statement s = c.createStatement();
                    ResultSet rows = s.executeQuery(numbers(name))) {
                assertThat(rows.next()).isTrue();
                c.commit();
                for (int i = 2; i <= ROWS; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void policyHoldsForTheStatementsOfAnUpdatableResult() throws Exception {
        String policy =
                """
                policy: 1
                default: allow
                rules:
                  - name: no-updates
                    match: {verbs: [update]}
                    decide: deny
                    reason: Rows are not changed here
                """;
        try (TestBroker guarded = TestBroker.with(policy);
                Connection direct = Database.postgres().direct()) {
            guarded.serve("guarded", Database.postgres(), 1);
            run(direct, "drop table if exists edited");
            run(direct, "create table edited (id int primary key, name text)");
            run(direct, "insert into edited values (1, 'one')");
            try (Connection c = guarded.connect("guarded");
                    Statement s =
                            c.createStatement(
                                    ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = s.executeQuery("select id, name from edited")) {
                assertThat(rows.next()).isTrue();
                rows.updateString(2, "changed");
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(rows::updateRow)
                        .withMessageContaining("not changed here");
                rows.moveToInsertRow();
                rows.updateInt(1, 2);
                rows.insertRow();
            }
            assertThat(ask(direct, "select string_agg(name, ',') from edited")).isEqualTo("one");
            assertThat(ask(direct, "select count(*) from edited")).isEqualTo("2");
        }
    }
}
