package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.Databases;
import io.gatehouse.server.testing.Forwarder;
import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** A client whose connection is reset after any number of bytes leaves nothing behind. */
@Timeout(120)
class ClientCutTest {
    /** A prime, so that the cuts fall on every part of the messages. */
    private static final int STEP = 53;

    private static TestBroker broker;
    private static Forwarder cable;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("one", Database.postgres(), 1);
        cable = new Forwarder(new Databases.Server("127.0.0.1", broker.port(), "", "", ""));
        try (Connection c = Database.postgres().direct()) {
            Talk.run(c, "drop table if exists cut_rows");
            Talk.run(c, "create table cut_rows (id int)");
        }
    }

    @AfterAll
    static void stop() {
        cable.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void atAnyByte(Door door) throws Exception {
        long all = conversation(door, Long.MAX_VALUE);
        int threads = Thread.activeCount();
        for (long after = 1; after < all; after += STEP) {
            conversation(door, after);
        }
        Talk.quiet(broker);
        Talk.eventually("the sessions are gone", () -> broker.sessions().views().isEmpty());
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 8);
        try (Connection c = broker.connect("one")) {
            assertThat(Talk.ask(c, "select count(*) from cut_rows where id < 0")).isEqualTo("0");
        }
        try (Connection c = Database.postgres().direct()) {
            String open = "select count(*) from pg_stat_activity where state like 'idle in%'";
            assertThat(Talk.ask(c, open)).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void inTheMiddleOfACancel(Door door) throws Exception {
        String told = "";
        for (int after = 1; !told.equals("57014"); after++) {
            assertThat(after).as("bytes of a cancel").isLessThan(64);
            told = cancelled(door, after);
            Talk.quiet(broker);
        }
        Talk.eventually("the sessions are gone", () -> broker.sessions().views().isEmpty());
        try (Connection c = Database.postgres().direct()) {
            String active = "select count(*) from pg_stat_activity where state = 'active'";
            assertThat(Talk.ask(c, active)).as("with this one").isEqualTo("1");
        }
    }

    /**
     * Cancels a statement, and loses the connections after so many bytes of that.
     *
     * @return the SQLSTATE that the statement ended with
     */
    private static String cancelled(Door door, int cutAfter) throws Exception {
        Connection c = connect(door);
        Statement s = c.createStatement();
        CompletableFuture<String> state =
                Talk.meanwhile(() -> Talk.state(() -> s.execute("select pg_sleep(60)")));
        Talk.eventually("it runs", ClientCutTest::isRunning);
        cable.resetAfter(cutAfter);
        try {
            s.cancel();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08");
        }
        String told = Talk.joined(state);
        assertThat(told).matches("08...|57014");
        cable.resetAfter(Long.MAX_VALUE);
        c.close();
        return told;
    }

    private static boolean isRunning() {
        return broker.sessions().views().stream().anyMatch(v -> v.state().equals("running"));
    }

    @Test
    void aPartOfACancelRequestStopsNobody() throws Exception {
        byte[] request =
                ByteBuffer.allocate(16).putInt(16).putInt(80877102).putInt(1).putInt(1).array();
        try (Connection c = connect(Door.PGJDBC)) {
            CompletableFuture<String> answer =
                    Talk.meanwhile(() -> Talk.ask(c, "select 'whole' || pg_sleep(1)"));
            Talk.eventually("it runs", ClientCutTest::isRunning);
            for (int bytes = 0; bytes <= request.length; bytes++) {
                try (Socket socket = new Socket("127.0.0.1", broker.port())) {
                    socket.getOutputStream().write(request, 0, bytes);
                    socket.setSoLinger(true, 0);
                }
            }
            assertThat(Talk.joined(answer)).isEqualTo("whole");
            assertThat(Talk.ask(c, "select 3")).isEqualTo("3");
        }
    }

    /**
     * Connects, selects, opens and rolls back a transaction, runs a batch and reads by a cursor.
     *
     * @return how many bytes the client sent
     */
    private static long conversation(Door door, long cutAfter) throws SQLException {
        long before = cable.sent();
        cable.resetAfter(cutAfter);
        try (Connection c = connect(door)) {
            try (PreparedStatement select = c.prepareStatement("select ?::int")) {
                select.setInt(1, 4);
                select.executeQuery().close();
            }
            c.setAutoCommit(false);
            Talk.run(c, "insert into cut_rows values (-1)");
            c.rollback();
            try (PreparedStatement insert = c.prepareStatement("insert into cut_rows values (?)")) {
                for (int i = 1; i <= 5; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            c.commit();
            try (Statement cursor = c.createStatement()) {
                cursor.setFetchSize(10);
                try (ResultSet rows = cursor.executeQuery("select generate_series(1, 40)")) {
                    while (rows.next()) {
                        rows.getInt(1);
                    }
                }
            }
            c.rollback();
        } catch (SQLException e) {
            if (cutAfter == Long.MAX_VALUE) {
                throw e;
            }
            if (door == Door.DRIVER) {
                // It may say more of a transaction: that it is over, and may begin again.
                assertThat(e.getSQLState()).matches("08...|40001");
            } else {
                assertThat(e.getSQLState()).startsWith("08");
            }
        }
        return cable.sent() - before;
    }

    private static Connection connect(Door door) throws SQLException {
        String base = "127.0.0.1:" + cable.server().port() + "/one";
        return DriverManager.getConnection(
                switch (door) {
                    case DRIVER -> "jdbc:gatehouse://" + base;
                    case PGJDBC -> "jdbc:postgresql://" + base + "?sslmode=disable";
                },
                TestBroker.USER,
                TestBroker.PASSWORD);
    }
}
