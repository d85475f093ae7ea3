package io.gatehouse.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.server.testing.TestBroker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A backend that calls itself PostgreSQL and sends rows that no PostgreSQL sends. */
@Timeout(value = 15, unit = TimeUnit.SECONDS)
class HostileBackendTest {
    private ServerSocket server;
    private TestBroker broker;
    private final AtomicReference<Trick> trick = new AtomicReference<>(Trick.HONEST);

    enum Trick {
        HONEST,
        TOO_FEW_VALUES,
        TOO_MANY_VALUES,
        NEGATIVE_COUNT,
        VALUE_LONGER_THAN_ROW,
        VALUE_OF_TWO_GIGABYTES,
        EMPTY_ROW,
        ROW_OF_TWO_GIGABYTES,
        ROW_OF_FOUR_GIGABYTES,
        MESSAGE_SHORTER_THAN_ITS_HEAD,
        END_IN_A_ROW,
        END_IN_A_HEAD,
        DESCRIPTION_WITHOUT_END,
        DESCRIPTION_OF_NEGATIVE_COUNT,
        DESCRIPTION_CUT,
        ROW_WITHOUT_DESCRIPTION,
        ROW_BEFORE_DESCRIPTION,
        UNKNOWN_MESSAGE
    }

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        broker =
                TestBroker.permissive()
                        .serve(
                                "fake",
                                new TestBroker.Database(
                                        "postgresql",
                                        "127.0.0.1",
                                        server.getLocalPort(),
                                        "x",
                                        "app",
                                        "s3cret"),
                                1);
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            talk(
                    new DataInputStream(socket.getInputStream()),
                    new DataOutputStream(socket.getOutputStream()));
        } catch (IOException e) {
            // The broker has had enough of this backend.
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private void talk(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] startup = in.readNBytes(in.readInt() - 4);
        if (startup.length == 12) {
            // A cancel request, which is answered by the end of its connection.
            return;
        }
        message(out, 'R', body -> body.writeInt(0));
        for (String[] each :
                new String[][] {
                    {"server_version", "17.0"},
                    {"client_encoding", "UTF8"},
                    {"standard_conforming_strings", "on"},
                    {"integer_datetimes", "on"},
                    {"DateStyle", "ISO, MDY"}
                }) {
            message(
                    out,
                    'S',
                    body -> {
                        text(body, each[0]);
                        text(body, each[1]);
                    });
        }
        message(
                out,
                'K',
                body -> {
                    body.writeInt(1);
                    body.writeInt(2);
                });
        ready(out);
        boolean asked = false;
        while (true) {
            int type = in.readByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            switch (type) {
                case 'P' -> {
                    // Only the test's own statement is answered with a trick.
                    asked = new String(body, StandardCharsets.UTF_8).contains("select a");
                    message(out, '1', b -> {});
                }
                case 'B' -> message(out, '2', b -> {});
                case 'D' -> {
                    if (asked) {
                        describe(out);
                    } else {
                        message(out, 'n', b -> {});
                    }
                }
                case 'E' -> {
                    if (asked) {
                        rows(out);
                    } else {
                        message(out, 'I', b -> {});
                    }
                }
                case 'S' -> ready(out);
                case 'Q' -> {
                    message(out, 'C', b -> text(b, "SET"));
                    ready(out);
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void describe(DataOutputStream out) throws IOException {
        switch (trick.get()) {
            case ROW_WITHOUT_DESCRIPTION -> {}
            case ROW_BEFORE_DESCRIPTION -> {
                row(out, 2);
                description(out, 2);
            }
            case DESCRIPTION_WITHOUT_END ->
                    message(
                            out,
                            'T',
                            b -> {
                                b.writeShort(1);
                                b.write("abc".getBytes(StandardCharsets.US_ASCII));
                            });
            case DESCRIPTION_OF_NEGATIVE_COUNT -> message(out, 'T', b -> b.writeShort(-1));
            case DESCRIPTION_CUT ->
                    message(
                            out,
                            'T',
                            b -> {
                                b.writeShort(30_000);
                                text(b, "a");
                            });
            default -> description(out, 2);
        }
    }

    private static void description(DataOutputStream out, int columns) throws IOException {
        message(
                out,
                'T',
                b -> {
                    b.writeShort(columns);
                    for (int i = 0; i < columns; i++) {
                        text(b, "c" + i);
                        b.writeInt(0);
                        b.writeShort(0);
                        b.writeInt(25);
                        b.writeShort(-1);
                        b.writeInt(-1);
                        b.writeShort(0);
                    }
                });
    }

    private static void row(DataOutputStream out, int columns) throws IOException {
        message(
                out,
                'D',
                b -> {
                    b.writeShort(columns);
                    for (int i = 0; i < columns; i++) {
                        b.writeInt(1);
                        b.writeByte('x');
                    }
                });
    }

    private void rows(DataOutputStream out) throws IOException {
        switch (trick.get()) {
            case TOO_FEW_VALUES -> row(out, 1);
            case TOO_MANY_VALUES -> row(out, 3);
            case NEGATIVE_COUNT -> message(out, 'D', b -> b.writeShort(-2));
            case VALUE_LONGER_THAN_ROW -> length(out, 200);
            case VALUE_OF_TWO_GIGABYTES -> length(out, Integer.MAX_VALUE);
            case EMPTY_ROW -> message(out, 'D', b -> {});
            case ROW_OF_TWO_GIGABYTES -> {
                out.writeByte('D');
                out.writeInt(Integer.MAX_VALUE - 1);
                throw new IOException("enough");
            }
            case ROW_OF_FOUR_GIGABYTES -> {
                out.writeByte('D');
                out.writeInt(-5);
            }
            case MESSAGE_SHORTER_THAN_ITS_HEAD -> {
                out.writeByte('D');
                out.writeInt(1);
            }
            case END_IN_A_ROW -> {
                out.writeByte('D');
                out.writeInt(200);
                out.writeShort(2);
                throw new IOException("enough");
            }
            case END_IN_A_HEAD -> {
                out.writeByte('D');
                throw new IOException("enough");
            }
            case UNKNOWN_MESSAGE -> message(out, '~', b -> b.writeInt(1));
            default -> row(out, 2);
        }
        message(out, 'C', b -> text(b, "SELECT 1"));
    }

    private static void length(DataOutputStream out, int length) throws IOException {
        message(
                out,
                'D',
                b -> {
                    b.writeShort(2);
                    b.writeInt(length);
                    b.writeByte('x');
                });
    }

    private static void ready(DataOutputStream out) throws IOException {
        message(out, 'Z', b -> b.writeByte('I'));
        out.flush();
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static void message(DataOutputStream out, char type, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        out.writeByte(type);
        out.writeInt(4 + bytes.size());
        bytes.writeTo(out);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.writeByte(0);
    }

    private static String ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select a, b from t")) {
            StringBuilder all = new StringBuilder();
            while (rows.next()) {
                all.append(rows.getString(1)).append(rows.getString(2));
            }
            return all.toString();
        }
    }

    @Test
    void an_honest_one_is_believed() throws SQLException {
        try (Connection connection = broker.connect("fake")) {
            assertThat(ask(connection)).isEqualTo("xx");
            assertThat(ask(connection)).isEqualTo("xx");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_FEW_VALUES", "TOO_MANY_VALUES"})
    void a_trick_costs_its_connection_and_nothing_else(Trick which) throws SQLException {
        try (Connection connection = broker.connect("fake")) {
            trick.set(which);
            assertThatThrownBy(() -> ask(connection))
                    .as(which.name())
                    .isInstanceOf(SQLException.class)
                    .hasMessageNotContaining("s3cret");
            trick.set(Trick.HONEST);
            assertThat(ask(connection)).isEqualTo("xx");
        }
        try (Connection connection = broker.connectAsPostgres("fake")) {
            assertThat(ask(connection)).isEqualTo("xx");
        }
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (broker.pools().figures().stream().anyMatch(f -> f.busy() > 0)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
