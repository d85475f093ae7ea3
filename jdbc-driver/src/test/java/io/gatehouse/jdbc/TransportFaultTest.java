package io.gatehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;

/** What happens when something that is no broker, or a broken one, answers. */
@Timeout(20)
class TransportFaultTest {
    private static void answered(byte[] bytes, boolean thenSilent, String state, String says)
            throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server, bytes, thenSilent));
            answering.start();
            assertThatThrownBy(() ->
                            DriverManager.getConnection(
                                    "jdbc:gatehouse://127.0.0.1:"
                                            + server.getLocalPort()
                                            + "/x?user=u&password=s3cret&loginTimeout=1"))
                    .isInstanceOf(SQLException.class)
                    .hasFieldOrPropertyWithValue("SQLState", state)
                    .hasMessageContaining(says)
                    .hasMessageNotContaining("s3cret");
            answering.join();
        }
    }

    private static void answer(ServerSocket server, byte[] bytes, boolean thenSilent) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[1024]);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            while (thenSilent && socket.getInputStream().read() >= 0) {
                // Until the driver gives up.
            }
        } catch (IOException e) {
            // The driver closes as soon as it has seen enough.
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] frame(char type, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    /** What PostgreSQL 17 answers to a start-up that asks for {@code _pq_.gatehouse}. */
    @Test
    void postgresIsNamedAsNotGatehouse() throws Exception {
        byte[] name = "_pq_.gatehouse\0".getBytes(StandardCharsets.US_ASCII);
        byte[] body =
                ByteBuffer.allocate(8 + name.length).putInt(3 << 16).putInt(1).put(name).array();
        answered(frame('v', body), true, "08004", "not a Gatehouse broker");
    }

    @Test
    void aServerWithoutAuthenticationIsNotTrusted() throws Exception {
        answered(frame('R', new byte[4]), true, "28000", "no proof");
    }

    @Test
    void aServersErrorIsPassedOn() throws Exception {
        byte[] error =
                "SFATAL\0C3D000\0Mlogical connection \"x\" does not exist\0\0"
                        .getBytes(StandardCharsets.US_ASCII);
        answered(frame('E', error), true, "3D000", "does not exist");
    }

    @Test
    void garbage() throws Exception {
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        answered(http, true, "08001", "not a Gatehouse broker");
    }

    @Test
    void aFrameOfTwoGigabytes() throws Exception {
        answered(HexFormat.of().parseHex("527fffffff00"), true, "08001", "not a Gatehouse broker");
    }

    @Test
    void halfAFrameThenSilence() throws Exception {
        answered(HexFormat.of().parseHex("52000000"), true, "08001", "took too long");
    }

    @Test
    void halfAFrameThenTheEnd() throws Exception {
        answered(HexFormat.of().parseHex("52000000"), false, "08001", "closed the connection");
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThatThrownBy(() ->
                        DriverManager.getConnection(
                                "jdbc:gatehouse://127.0.0.1:" + port + "/x?user=u"))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "08001");
    }
}
