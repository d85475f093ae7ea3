package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

final class HealthCommandTest {
    private HttpServer server;
    private int health = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        answer("/health", 200, "{\"status\":\"up\"}");
        answer("/ready", 503, "{\"status\":\"draining\"}");
        server.start();
    }

    private void answer(String path, int status, String text) {
        server.createContext(
                path,
                exchange -> {
                    byte[] body = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status == 200 ? health : status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private InProcess.Answer run(String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "health";
        all[1] = "--admin";
        all[2] = "http://127.0.0.1:" + server.getAddress().getPort();
        System.arraycopy(more, 0, all, 3, more.length);
        return InProcess.run("", all);
    }

    @Test
    void saysThatABrokerIsUp() {
        assertThat(run()).isEqualTo(new InProcess.Answer(0, "{\"status\":\"up\"}\n", ""));
    }

    @Test
    void failsWhenTheBrokerIsNotWell() {
        health = 500;
        assertThat(run().status()).isEqualTo(1);
        assertThat(run().err()).contains("/health answers with status 500");
        assertThat(run("--ready").err()).contains("/ready answers with status 503");
    }

    @Test
    void failsWhenNobodyAnswers() {
        InProcess.Answer answer = InProcess.run("", "health", "--admin", "http://127.0.0.1:1");
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains("no healthy broker answers at http://127.0.0.1:1/health");
    }

    @Test
    void takesOnlyAnAddress() {
        assertThat(InProcess.run("", "health", "--admin", "file:/etc/passwd").status())
                .isEqualTo(1);
        assertThat(InProcess.run("", "health", "--admin", "127.0.0.1").status()).isEqualTo(1);
    }
}
