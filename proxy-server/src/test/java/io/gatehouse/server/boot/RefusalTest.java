package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.server.auth.ScramVerifier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whoever is sent away at the door is counted, once, and by the reason that it was told. */
@Timeout(60)
final class RefusalTest {
    private static final String PASSWORD = "let me in";

    /** The two clients that are configured, and those that may ask why they are refused. */
    private static final int MOST_SOCKETS = 2 + 256;

    @TempDir private Path dir;

    @BeforeEach
    void configure() throws Exception {
        Files.createDirectories(dir.resolve("policies"));
        Files.createDirectories(dir.resolve("connections"));
        Files.writeString(dir.resolve("policies/default.yaml"), "policy: 1\ndefault: allow\n");
        Files.writeString(
                dir.resolve("gatehouse.yaml"),
                """
                listen: {port: 0}
                admin: {port: 0}
                audit: {to: file, file: audit.jsonl}
                limits: {clients: 2}
                """);
        String verifier = ScramVerifier.of(PASSWORD.toCharArray()).text();
        Files.writeString(
                dir.resolve("users.yaml"),
                """
                - {name: greedy, verifier: "%s", clients: 1}
                - {name: modest, verifier: "%s"}
                """
                        .formatted(verifier, verifier));
        for (String name : new String[] {"open", "closed"}) {
            Files.writeString(
                    dir.resolve("connections/" + name + ".yaml"),
                    """
                    kind: h2
                    database: mem:refusals
                    user: sa
                    password: {none: true}
                    grants: {users: [%s]}
                    """
                            .formatted(name.equals("open") ? "greedy, modest" : ""));
        }
    }

    @Test
    void isCounted() throws Exception {
        try (InProcess broker = InProcess.serve(dir)) {
            assertThat(refused(broker, "greedy", "guess", "open")).isEqualTo("28P01");
            assertThat(refused(broker, "greedy", PASSWORD, "nowhere")).isEqualTo("3D000");
            assertThat(refused(broker, "greedy", PASSWORD, "closed")).isEqualTo("42501");
            try (Connection first = connect(broker, "greedy", PASSWORD, "open")) {
                assertThat(refused(broker, "greedy", PASSWORD, "open")).isEqualTo("53300");
                try (Connection second = connect(broker, "modest", PASSWORD, "open")) {
                    assertThat(refused(broker, "modest", PASSWORD, "open")).isEqualTo("53300");
                    assertThat(first.isValid(5) && second.isValid(5)).isTrue();
                }
            }
            assertThat(metrics(broker))
                    .contains(
                            "gatehouse_clients_refused_total{reason=\"wrong_password\"} 1.0",
                            "gatehouse_clients_refused_total{reason=\"unknown_connection\"} 1.0",
                            "gatehouse_clients_refused_total{reason=\"no_grant\"} 1.0",
                            "gatehouse_clients_refused_total{reason=\"too_many_clients\"} 2.0",
                            "gatehouse_clients_refused_total{reason=\"protocol\"} 0.0",
                            "gatehouse_logins_total 5.0");
        }
    }

    @Test
    void isCountedBeforeItSaysAnything() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (InProcess broker = InProcess.serve(dir)) {
            for (int i = 0; i < MOST_SOCKETS; i++) {
                sockets.add(silent(broker));
            }
            try (Socket more = silent(broker)) {
                assertThat(more.getInputStream().read()).as("it is closed").isEqualTo(-1);
            }
            assertThat(metrics(broker))
                    .contains(
                            "gatehouse_clients_refused_total{reason=\"too_many_clients\"} 1.0",
                            "gatehouse_clients " + (double) MOST_SOCKETS);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket silent(InProcess broker) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), broker.port());
    }

    private static String refused(InProcess broker, String user, String password, String name) {
        SQLException e =
                catchThrowableOfType(
                        SQLException.class, () -> connect(broker, user, password, name).close());
        assertThat((Object) e).as("what " + user + " is told at " + name).isNotNull();
        return e.getSQLState();
    }

    private static Connection connect(InProcess broker, String user, String password, String name)
            throws SQLException {
        return DriverManager.getConnection(
                "jdbc:gatehouse://127.0.0.1:" + broker.port() + "/" + name, user, password);
    }

    private static String metrics(InProcess broker) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + broker.adminPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
