package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Locale;

/** What of an open result is in the driver goes along to another broker, and no more than that. */
@Timeout(60)
class MoveResultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration NO_PATIENCE = Duration.ofMillis(50);
    private static final int MANY = 200_000;
    private static final String LARGE =
            "select i, repeat('x', 100) from generate_series(1, " + MANY + ") i";

    private TestBroker first;
    private TestBroker second;
    private Connection c;

    @BeforeEach
    void twoBrokers() throws Exception {
        first = MoveTest.broker(0);
        second = MoveTest.broker(0);
        String url =
                String.format(
                        Locale.ROOT,
                        "jdbc:gatehouse://127.0.0.1:%d,127.0.0.1:%d/one?moveTimeout=3&hostBackoff=1",
                        first.port(),
                        second.port());
        c = DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD);
        try (Connection direct = Database.postgres().direct()) {
            Talk.run(direct, "drop table if exists moved_rows");
            Talk.run(direct, "create table moved_rows (id int primary key, name text)");
            Talk.run(
                    direct,
                    "insert into moved_rows select i, 'n' || i from generate_series(1, 9) i");
        }
    }

    @AfterEach
    void close() throws SQLException {
        c.close();
        first.close();
        second.close();
    }

    @Test
    void aResultThatIsHereIsScrolledAndUpdatedThroughTheNextBroker() throws Exception {
        try (Statement s =
                        c.createStatement(
                                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = s.executeQuery("select id, name from moved_rows order by id")) {
            assertThat(rows.absolute(5)).isTrue();
            first.drain(PATIENCE);
            assertThat(rows.previous()).isTrue();
            rows.updateString("name", "changed");
            rows.updateRow();
            assertThat(rows.getString("name")).isEqualTo("changed");
            assertThat(rows.last()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(9);
        }
        assertThat(second.sessions().views()).hasSize(1);
        try (Connection direct = Database.postgres().direct()) {
            assertThat(Talk.ask(direct, "select id from moved_rows where name = 'changed'"))
                    .isEqualTo("4");
        }
    }

    @Test
    void aResultThatOutlivesItsTransactionOutlivesItsBrokerToo() throws Exception {
        c.setAutoCommit(false);
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(LARGE)) {
            assertThat(rows.next()).isTrue();
            c.commit();
            first.drain(PATIENCE);
            assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
            for (int i = 2; i <= MANY; i++) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(rows.getInt(1)).isEqualTo(MANY);
            assertThat(rows.next()).isFalse();
        }
        assertThat(second.sessions().views()).hasSize(1);
    }

    @Test
    void aCommitThatFindsItsTransactionGoneWhileItTakesInRowsDidNotTakePlace() throws Exception {
        c.setAutoCommit(false);
        Talk.run(c, "insert into moved_rows values (10, 'lost')");
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(LARGE)) {
            assertThat(rows.next()).isTrue();
            first.drain(NO_PATIENCE);
            assertThat(Talk.state(c::commit)).isEqualTo("40001");
        }
        c.commit();
        assertThat(Talk.ask(c, "select count(*) from moved_rows")).isEqualTo("9");
    }

    @Test
    void aCallIsToldToTheNextBrokerWithItsParameters() throws Exception {
        try (CallableStatement call = c.prepareCall("{? = call abs(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, -3);
            call.execute();
            assertThat(call.getInt(1)).isEqualTo(3);
            first.drain(PATIENCE);
            assertThat(call.getInt(1)).isEqualTo(3);
            call.setInt(2, -4);
            call.execute();
            assertThat(call.getInt(1)).isEqualTo(4);
        }
        assertThat(second.sessions().views()).hasSize(1);
    }

    @Test
    void rowsThatAreStillWithTheBrokerGoWithIt() throws Exception {
        try (Statement s =
                        c.createStatement(
                                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = s.executeQuery(LARGE)) {
            assertThat(rows.next()).isTrue();
            first.drain(NO_PATIENCE);
            assertThat(Talk.state(rows::last)).isEqualTo("57P01");
            assertThat(Talk.state(rows::last)).isEqualTo("57P01");
        }
        assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
    }
}
