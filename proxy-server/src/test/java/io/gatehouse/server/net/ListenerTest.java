package io.gatehouse.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.net.NetSettings.Logins;
import io.netty.buffer.ByteBufUtil;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The stock PostgreSQL driver and raw sockets against a real port. */
@Timeout(30)
final class ListenerTest {
    private static final String SSL_REQUEST = "0000000804d2162f";
    private static final NetSettings LOOPBACK =
            NetSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .withLogins(logins(1_000, Duration.ofSeconds(10)));

    private static Logins logins(int perAddress, Duration timeout) {
        return new Logins(perAddress, timeout, Duration.ofMillis(20), 10 * 1024);
    }

    private final EventLoops loops = new EventLoops(1, Duration.ZERO);
    private final EchoServer echo = new EchoServer();
    private Listener listener = listener(LOOPBACK, false);

    private Listener listener(NetSettings settings, boolean tls) {
        return new Listener(
                settings,
                loops,
                EchoServer.authenticator(),
                echo,
                tls ? TestCertificate.material() : null,
                Traffic.NONE);
    }

    private void start(NetSettings settings, boolean tls) throws IOException {
        listener = listener(settings, tls);
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
        loops.close();
    }

    private Connection connect(String user, String password, String... more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("sslmode", "disable");
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + listener.port() + "/shop", properties);
    }

    private static void echoes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 'é'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("select 'é'");
        }
    }

    @Test
    void theStockDriverLogsInAndAsks() throws Exception {
        start(LOOPBACK, false);
        try (Connection connection = connect(EchoServer.USER, EchoServer.PASSWORD)) {
            echoes(connection);
            assertThat(echo.clients.element().encrypted()).isFalse();
            assertThat(echo.clients.element().address()).isEqualTo("127.0.0.1");
        }
        assertThat(echo.disconnected.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "direct"})
    void theStockDriverLogsInThroughTls(String negotiation) throws Exception {
        start(LOOPBACK.withPlainText(address -> false), true);
        try (Connection connection =
                connect(
                        EchoServer.USER,
                        EchoServer.PASSWORD,
                        "sslmode",
                        "require",
                        "sslNegotiation",
                        negotiation)) {
            echoes(connection);
            assertThat(echo.clients.element().encrypted()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"alice,wrong", "nobody,wrong"})
    void aWrongPasswordAndAnUnknownUserAreRefusedAlike(String user, String password)
            throws Exception {
        start(LOOPBACK, false);
        assertThatThrownBy(() -> connect(user, password))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"))
                .hasMessageContaining("password authentication failed for user \"" + user + "\"");
    }

    @Test
    void plainTextIsRefusedWhereTlsIsRequired() throws Exception {
        start(LOOPBACK.withPlainText(address -> false), true);
        assertThatThrownBy(() -> connect(EchoServer.USER, EchoServer.PASSWORD))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
    }

    @Test
    void oneClientTooManyIsToldSo() throws Exception {
        start(LOOPBACK.withClients(1), false);
        try (Connection first = connect(EchoServer.USER, EchoServer.PASSWORD)) {
            assertThatThrownBy(() -> connect(EchoServer.USER, EchoServer.PASSWORD))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("53300"));
            echoes(first);
        }
    }

    @Test
    void whoeverConnectsAndSaysNothingShutsOutOnlyItself() throws Exception {
        start(LOOPBACK.withLogins(logins(2, Duration.ofSeconds(10))), false);
        try (Connection in = connect(EchoServer.USER, EchoServer.PASSWORD);
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            // Whoever has logged in no longer counts.
            echoes(in);
            try (Connection second = connect(EchoServer.USER, EchoServer.PASSWORD);
                    Socket other = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                echoes(second);
                assertThat(other.isConnected() && silent.isConnected()).isTrue();
                assertThatThrownBy(() -> connect(EchoServer.USER, EchoServer.PASSWORD))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).startsWith("08"));
            }
        }
        try (Connection again = connectSoon()) {
            echoes(again);
        }
    }

    /** The broker may not have seen yet that others have gone. */
    private Connection connectSoon() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                return connect(EchoServer.USER, EchoServer.PASSWORD);
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    @Test
    void aNetworkOfIPv6CountsAsOneAddress() throws Exception {
        Admission admission = new Admission(10, 2);
        InetAddress one = InetAddress.ofLiteral("2001:db8::1");
        InetAddress other = InetAddress.ofLiteral("2001:db8::2");
        assertThat(admission.loginBegun(one)).isTrue();
        assertThat(admission.loginBegun(other)).isTrue();
        assertThat(admission.loginBegun(one)).isFalse();
        assertThat(admission.loginBegun(InetAddress.ofLiteral("2001:db8:0:1::1"))).isTrue();
        admission.loginEnded(other);
        assertThat(admission.loginBegun(one)).isTrue();
    }

    /** What the server answers to raw bytes until it closes. */
    private String answer(String hex) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(ByteBufUtil.decodeHexDump(hex));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // 2 GB, a negative length, HTTP, protocol 2.0, no user, LATIN1, a message of another phase
        "7fffffff00030000, 08P01",
        "ffffffff00030000, 08P01",
        "474554202f20485454502f312e310d0a, 08P01",
        "0000000800020000, 0A000",
        "000000090003000000, 28000",
        "0000002b000300007573657200616c69636500636c69656e745f656e636f64696e67004c4154494e310000,"
                + " 22023",
        "00000014000300007573657200616c6963650000510000000573656c00, 08P01"
    })
    void whatIsNoLoginIsAnsweredByItsError(String hex, String state) throws Exception {
        start(LOOPBACK, false);
        assertThat(answer(hex)).contains("SFATAL\0VFATAL\0C" + state + "\0");
    }

    @Test
    void halfAFrameThenSilenceIsEndedByTheLoginTimeout() throws Exception {
        start(LOOPBACK.withLogins(logins(1_000, Duration.ofMillis(200))), false);
        assertThat(answer("0000001400030000")).contains("C08006\0");
    }

    @Test
    void withoutTlsARequestForItIsAnsweredAndTheConnectionGoesOn() throws Exception {
        start(LOOPBACK, false);
        try (Connection connection =
                connect(EchoServer.USER, EchoServer.PASSWORD, "sslmode", "prefer")) {
            echoes(connection);
        }
    }

    @Test
    void plainBytesBehindARequestForTlsAreAViolation() throws Exception {
        start(LOOPBACK, true);
        assertThat(answer(SSL_REQUEST + "00000009000300000000")).contains("C08P01\0");
    }

    @Test
    void aCancelRequestReachesTheOpener() throws Exception {
        start(LOOPBACK, false);
        assertThat(answer("0000001004d2162e0000126700000000")).isEmpty();
        assertThat(echo.cancelled).containsExactly(4711);
    }

    /** Its client goes on when it ends: what it sends then must not be hit. */
    @Test
    void aCancelRequestEndsWhenItIsNoted() throws Exception {
        start(LOOPBACK, false);
        BlockingQueue<Runnable> unnoted = new LinkedBlockingQueue<>();
        echo.noting = unnoted::add;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.getOutputStream()
                    .write(ByteBufUtil.decodeHexDump("0000001004d2162e0000126700000000"));
            Runnable noted = unnoted.poll(10, TimeUnit.SECONDS);
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);
            noted.run();
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aNewerMinorVersionAndUnknownOptionsAreNegotiated() throws Exception {
        start(LOOPBACK, false);
        String startup = "user\0alice\0_pq_.other\0" + "1\0_pq_.gatehouse\0" + "1\0\0";
        byte[] body = startup.getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(8 + body.length);
            out.writeInt((3 << 16) | 2);
            out.write(body);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(in.readByte()).isEqualTo((byte) 'v');
            byte[] rest = in.readNBytes(in.readInt() - 4);
            assertThat(ByteBufUtil.hexDump(rest))
                    .isEqualTo("0003000000000001" + "5f70715f2e6f7468657200");
            assertThat(in.readByte()).isEqualTo((byte) 'R');
        }
    }

    @Test
    void drainingKeepsWhoIsThereAndAcceptsNobodyElse() throws Exception {
        start(LOOPBACK, false);
        try (Connection connection = connect(EchoServer.USER, EchoServer.PASSWORD)) {
            listener.drain();
            echoes(connection);
            assertThatThrownBy(() -> connect(EchoServer.USER, EchoServer.PASSWORD))
                    .isInstanceOf(SQLException.class);
        }
    }
}
