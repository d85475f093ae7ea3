package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two brokers before one database, under load, each drained and restarted in turn: nothing is lost,
 * nothing is done twice, and only transactions that were cut short are told to begin again.
 */
@Timeout(120)
class RollingRestartTest {
    private static final int RESTARTS = 10;
    private static final int CLIENTS = 4;
    private static final Duration BETWEEN = Duration.ofMillis(300);

    /** Shorter than the transactions of one client. */
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private static final String SLOW = "tx0";

    private volatile boolean over;
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();

    @Test
    void nothingIsLostOrDoneTwice() throws Exception {
        try (Connection direct = Database.postgres().direct()) {
            Talk.run(direct, "drop table if exists done");
            Talk.run(direct, "create table done (client text, n bigint)");
            TestBroker[] brokers = {MoveTest.broker(0), MoveTest.broker(0)};
            String url =
                    String.format(
                            Locale.ROOT,
                            "jdbc:gatehouse://127.0.0.1:%d,127.0.0.1:%d/one?hosts=random&hostBackoff=1",
                            brokers[0].port(),
                            brokers[1].port());
            List<CompletableFuture<Long>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "auto" + i;
                clients.add(Talk.meanwhile(() -> statementsInAutocommit(url, name)));
                String other = "tx" + i;
                clients.add(Talk.meanwhile(() -> transactions(url, other)));
            }
            for (int i = 0; i < RESTARTS; i++) {
                Talk.pause(BETWEEN);
                int port = brokers[i % 2].port();
                brokers[i % 2].drain(PATIENCE);
                brokers[i % 2].close();
                brokers[i % 2] = MoveTest.broker(port);
            }
            Talk.pause(BETWEEN);
            over = true;
            long expected = 0;
            for (CompletableFuture<Long> client : clients) {
                expected += Talk.joined(client);
            }
            assertThat(Talk.ask(direct, "select count(*) from done"))
                    .isEqualTo(Long.toString(expected));
            assertThat(Talk.ask(direct, "select count(distinct (client, n)) from done"))
                    .isEqualTo(Long.toString(expected));
            assertThat(statements.get()).isGreaterThan(RESTARTS * CLIENTS);
            assertThat(transactions.get()).isGreaterThan(RESTARTS * CLIENTS);
            assertThat(retries.get()).isPositive();
            System.getLogger(getClass().getName())
                    .log(
                            System.Logger.Level.INFO,
                            "{0} statements, {1} transactions, {2} begun again",
                            statements,
                            transactions,
                            retries);
            brokers[0].close();
            brokers[1].close();
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, TestBroker.USER, TestBroker.PASSWORD);
    }

    /** Every statement succeeds: no error is caught here. */
    private long statementsInAutocommit(String url, String name) throws SQLException {
        long n = 0;
        try (Connection c = connect(url);
                PreparedStatement insert = insert(c);
                PreparedStatement count =
                        c.prepareStatement("select max(n) from done where client = ?")) {
            while (!over) {
                n++;
                insert.setString(1, name);
                insert.setLong(2, n);
                assertThat(insert.executeUpdate()).isOne();
                if (n % 10 == 0) {
                    count.setString(1, name);
                    try (ResultSet rows = count.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong(1)).isEqualTo(n);
                    }
                    batch(insert, name, n);
                    n += 3;
                    statements.incrementAndGet();
                }
                statements.incrementAndGet();
            }
        }
        return n;
    }

    private static void batch(PreparedStatement insert, String name, long n) throws SQLException {
        for (int i = 1; i <= 3; i++) {
            insert.setString(1, name);
            insert.setLong(2, n + i);
            insert.addBatch();
        }
        assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
    }

    /** A transaction succeeds, or is told to begin again and certainly did nothing. */
    private long transactions(String url, String name) throws SQLException {
        long n = 0;
        try (Connection c = connect(url);
                PreparedStatement insert = insert(c);
                PreparedStatement slow = c.prepareStatement("select pg_sleep(0.3)")) {
            c.setAutoCommit(false);
            while (!over) {
                try {
                    for (int i = 1; i <= 4; i++) {
                        insert.setString(1, name);
                        insert.setLong(2, n + i);
                        insert.executeUpdate();
                        if (name.equals(SLOW)) {
                            slow.execute();
                        }
                    }
                    c.commit();
                    n += 4;
                    transactions.incrementAndGet();
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("40001");
                    c.rollback();
                    retries.incrementAndGet();
                }
            }
        }
        return n;
    }

    private static PreparedStatement insert(Connection c) throws SQLException {
        return c.prepareStatement("insert into done values (?, ?)");
    }
}
