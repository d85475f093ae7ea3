package io.gatehouse.server.endtoend;

import static io.gatehouse.server.endtoend.Talk.ask;
import static io.gatehouse.server.endtoend.Talk.quiet;
import static io.gatehouse.server.endtoend.Talk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.server.testing.TestBroker;
import io.gatehouse.server.testing.TestBroker.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;

/** Whatever one client sends, the others are served. */
@Timeout(60)
class BadInputTest {
    private static final int PROTOCOL_3 = 196_608;

    @AutoClose private static TestBroker broker;
    private Connection bystander;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.permissive();
        broker.serve("one", Database.postgres(), 1);
        broker.refuse("closed", Database.postgres());
    }

    @BeforeEach
    void bystanderComes() throws SQLException {
        bystander = broker.connect("one");
    }

    @AfterEach
    void bystanderIsServed() throws Exception {
        assertThat(ask(bystander, "select 3")).isEqualTo("3");
        bystander.close();
        quiet(broker);
    }

    private static String refused(Door door, String name, String password) {
        String scheme = door == Door.DRIVER ? "jdbc:gatehouse" : "jdbc:postgresql";
        return state(() ->
                DriverManager.getConnection(
                        scheme + "://127.0.0.1:" + broker.port() + "/" + name + "?sslmode=disable",
                        TestBroker.USER,
                        password));
    }

    @ParameterizedTest
    @EnumSource
    void wrongPassword(Door door) {
        assertThat(refused(door, "one", "guess")).isEqualTo("28P01");
    }

    @ParameterizedTest
    @EnumSource
    void unknownConnection(Door door) {
        assertThat(refused(door, "nowhere", TestBroker.PASSWORD)).isEqualTo("3D000");
    }

    @ParameterizedTest
    @EnumSource
    void noGrant(Door door) {
        assertThat(refused(door, "closed", TestBroker.PASSWORD)).isEqualTo("42501");
    }

    /** Sends bytes and gives what came back, up to the end of the connection. */
    private static String answer(byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", broker.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] ints(int... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int value : values) {
            out.writeInt(value);
        }
        return bytes.toByteArray();
    }

    @Test
    void aStartUpPacketOfTwoGigabytes() throws Exception {
        assertThat(answer(ints(Integer.MAX_VALUE, PROTOCOL_3))).contains("08P01");
        assertThat(answer(ints(-5, PROTOCOL_3))).contains("08P01");
        assertThat(answer(ints(0, PROTOCOL_3))).contains("08P01");
    }

    @Test
    void aProtocolThatNobodySpeaks() throws Exception {
        assertThat(answer(ints(8, 7 << 16)).replace((char) 0, (char) 32)).contains("0A000");
    }

    @Test
    void garbage() throws Exception {
        Random random = new Random(9);
        for (int i = 0; i < 30; i++) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            try (Socket socket = new Socket("127.0.0.1", broker.port())) {
                socket.getOutputStream().write(bytes);
            }
        }
        assertThat(
                        answer(
                                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII)))
                .contains("08P01");
    }

    @Test
    void aFrameOfTheWrongPhase() throws Exception {
        byte[] parameters = "user\0tester\0database\0one\0\0".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ints(8 + parameters.length, PROTOCOL_3));
        bytes.write(parameters);
        byte[] sql = "select 1\0".getBytes(StandardCharsets.US_ASCII);
        bytes.write('Q');
        bytes.write(ints(4 + sql.length));
        bytes.write(sql);
        String answer = answer(bytes.toByteArray());
        assertThat(answer).contains("08P01").doesNotContain("Z\0\0\0\5");
    }

    @Test
    void halfAFrameThenSilence() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", broker.port())) {
            socket.getOutputStream().write(new byte[] {0, 0, 0, 40, 0, 3});
            assertThat(ask(bystander, "select 4")).isEqualTo("4");
        }
    }
}
