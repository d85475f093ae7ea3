package io.gatehouse.jdbc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.ConnectUrl;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Which of several brokers is tried, and for how long. */
@Timeout(30)
class HostsTest {
    private static ConnectOptions options(String hosts, String properties) throws SQLException {
        String url = "jdbc:gatehouse://" + hosts + "/x?user=u" + properties;
        return ConnectUrl.parse(url, new Properties());
    }

    /** Something that listens, answers all alike and counts whom it answered. */
    private static final class Answering implements AutoCloseable {
        private final ServerSocket server;
        private final AtomicInteger clients = new AtomicInteger();

        Answering(String sqlState) throws IOException {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            byte[] body =
                    ("SFATAL\0C" + sqlState + "\0Mno\0\0").getBytes(StandardCharsets.US_ASCII);
            ByteBuffer frame = ByteBuffer.allocate(5 + body.length);
            frame.put((byte) 'E').putInt(4 + body.length).put(body);
            Thread.ofVirtual().start(() -> answerAll(sqlState.isEmpty() ? null : frame.array()));
        }

        private void answerAll(byte[] answer) {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    clients.incrementAndGet();
                    if (answer != null) {
                        client.getInputStream().read(new byte[1024]);
                        client.getOutputStream().write(answer);
                        client.close();
                    }
                } catch (IOException e) {
                    assertThat(server.isClosed()).isTrue();
                }
            }
        }

        String host() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        int clients() {
            return clients.get();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static String state(ConnectOptions options) {
        try {
            new Connector(options).connect(20);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void oneThatStopsIsPassedOverAndTriedLastForAWhile() throws Exception {
        try (Answering stopping = new Answering("57P01");
                Answering refusing = new Answering("28P01")) {
            ConnectOptions both = options(stopping.host() + "," + refusing.host(), "");
            assertThat(state(both)).isEqualTo("28P01");
            assertThat(state(both)).isEqualTo("28P01");
            assertThat(stopping.clients()).isOne();
            assertThat(refusing.clients()).isEqualTo(2);
        }
    }

    @Test
    void withoutBackOffTheOrderStays() throws Exception {
        try (Answering full = new Answering("53300");
                Answering refusing = new Answering("42501")) {
            ConnectOptions both = options(full.host() + "," + refusing.host(), "&hostBackoff=0");
            assertThat(state(both)).isEqualTo("42501");
            assertThat(state(both)).isEqualTo("42501");
            assertThat(full.clients()).isEqualTo(2);
        }
    }

    @Test
    void whatAnyBrokerWouldSayIsFinal() throws Exception {
        try (Answering refusing = new Answering("28P01");
                Answering never = new Answering("28P01")) {
            assertThat(state(options(refusing.host() + "," + never.host(), ""))).isEqualTo("28P01");
            assertThat(never.clients()).isZero();
        }
    }

    @Test
    void randomSpreads() throws Exception {
        ConnectOptions three = options("a,b,c", "&hosts=random");
        Set<String> first = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            first.add(Backoff.order(three).get(0).name());
        }
        assertThat(first).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void allThatFailAreNamed() throws Exception {
        try (Answering silent = new Answering("");
                Answering stopping = new Answering("57P01")) {
            ConnectOptions both =
                    options(silent.host() + "," + stopping.host(), "&connectTimeout=1");
            assertThatThrownBy(() -> new Connector(both).connect(20))
                    .isInstanceOf(SQLException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "08001")
                    .hasMessageContaining("None of 2 brokers")
                    .hasMessageContaining(silent.host() + ": It took too long.");
        }
    }

    @Test
    void theWholeTimeIsBounded() throws Exception {
        try (Answering one = new Answering("");
                Answering two = new Answering("")) {
            ConnectOptions both = options(one.host() + "," + two.host(), "");
            assertThatThrownBy(() -> new Connector(both).connect(1))
                    .hasMessageContaining("took too long");
            assertThat(two.clients()).isZero();
        }
    }

    @Test
    void theLogNamesBrokersAndNoSecrets() throws Exception {
        Logger log = Logger.getLogger("io.gatehouse.jdbc");
        StringBuffer logged = new StringBuffer();
        Handler listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        logged.append(new SimpleFormatter().format(entry));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        log.addHandler(listener);
        log.setLevel(Level.ALL);
        try (Answering full = new Answering("53300");
                Answering refusing = new Answering("28P01")) {
            String secrets = "&password=s3cret&sslpassword=s3cret";
            ConnectOptions both = options(full.host() + "," + refusing.host(), secrets);
            assertThat(state(both)).isEqualTo("28P01");
            assertThat(logged.toString()).contains(full.host()).doesNotContain("s3cret");
        } finally {
            log.setLevel(null);
            log.removeHandler(listener);
        }
    }
}
