package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

@Timeout(60)
final class BrokerTest {
    @TempDir private Path dir;
    private final QuietDoor door = new QuietDoor();

    @BeforeEach
    void begin() throws Exception {
        Files.createDirectories(dir.resolve("policies"));
        Files.writeString(dir.resolve("policies/default.yaml"), "policy: 1\ndefault: allow\n");
        Files.writeString(
                dir.resolve("gatehouse.yaml"),
                "admin: {port: 0}\naudit: {to: file, file: audit.jsonl}\ndrain: 7s\n");
    }

    @Test
    void startsTheAdminPortAndDrainsBeforeItStops() throws Exception {
        Broker broker = start();
        assertThat(status(broker, "/ready")).isEqualTo(200);
        assertThat(status(broker, "/pools")).isEqualTo(200);
        door.listening = false;
        assertThat(status(broker, "/ready")).isEqualTo(503);

        broker.close();
        broker.close();

        assertThat(door.calls).containsExactly("drain 7", "close");
        assertThatThrownBy(() -> status(broker, "/health")).isInstanceOf(IOException.class);
        assertThat(dir.resolve("tls/self-signed.key")).exists();
        assertThat(dir.resolve("audit.jsonl")).exists();
    }

    @Test
    void tellsTheDoorOfChangedUsers() throws Exception {
        try (Broker broker = start()) {
            Files.writeString(dir.resolve("policies/default.yaml"), "policy: 1\ndefault: deny\n");
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!door.calls.contains("changed")) {
                broker.configuration().poll();
                assertThat(System.nanoTime()).isLessThan(end);
            }
        }
    }

    @Test
    void stopsWhatItStartedWhenAPartFails() throws Exception {
        assertThatThrownBy(() ->
                        Broker.start(
                                dir,
                                name -> null,
                                parts -> {
                                    throw new IOException("no room");
                                },
                                new ByteArrayOutputStream()))
                .isInstanceOf(BootException.class)
                .hasMessageContaining("no room");

        Files.createDirectories(dir.resolve("audit.jsonl.d"));
        Files.writeString(
                dir.resolve("gatehouse.yaml"), "audit: {to: file, file: audit.jsonl.d}\n");
        assertThatThrownBy(this::start).hasMessageContaining("the audit file cannot be opened");
    }

    private Broker start() throws Exception {
        return Broker.start(dir, name -> null, parts -> door, new ByteArrayOutputStream());
    }

    private static int status(Broker broker, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + broker.adminPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
