package io.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.meter.PoolReading;
import io.gatehouse.server.meter.PoolReading.Circuit.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

final class AdminServerTest {
    private static final PoolReading ORDERS =
            new PoolReading(
                    "orders",
                    10,
                    4,
                    3,
                    2,
                    1,
                    Map.of("ada", 1, "bob", 1),
                    new PoolReading.Slow(8, 2, 1),
                    new PoolReading.Circuit(State.OPEN, 1_500, 250, "connection refused"));

    private static final ApprovalDesk NOBODY =
            new ApprovalDesk() {
                @Override
                public Outcome show(Claim claim) {
                    return new Outcome.NotProven();
                }

                @Override
                public Outcome decide(Claim claim, String id, boolean approves) {
                    return new Outcome.NotProven();
                }
            };

    private final HttpClient client = HttpClient.newHttpClient();
    private final Meter meter = new Meter();
    private List<String> obstacles = List.of();
    private Supplier<List<SessionView>> sessions = List::of;
    private AdminServer server;

    @BeforeEach
    void begin() throws Exception {
        server = start(0);
    }

    @AfterEach
    void end() {
        server.close();
        client.close();
        meter.close();
    }

    @Test
    void isAliveAndSaysWhetherItIsReady() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/ready").statusCode()).isEqualTo(200);

        obstacles = List.of("no new clients are taken");
        HttpResponse<String> ready = get("/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).path("obstacles").path(0).asText())
                .isEqualTo("no new clients are taken");
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void showsMetricsForPrometheus() throws Exception {
        HttpResponse<String> metrics = get("/metrics");

        assertThat(metrics.body()).contains("# TYPE gatehouse_clients gauge");
        assertThat(metrics.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
    }

    @Test
    void showsSessionsAndPools() throws Exception {
        sessions =
                () ->
                        List.of(
                                new SessionView(
                                        "17",
                                        "ada \"x\"",
                                        "10.0.0.1",
                                        "orders",
                                        "psql",
                                        "postgresql",
                                        "running",
                                        Instant.EPOCH,
                                        true,
                                        List.of("listen"),
                                        "0123456789abcdef"));

        JsonNode session = json(get("/sessions")).path("sessions").path(0);
        assertThat(session.path("user").asText()).isEqualTo("ada \"x\"");
        assertThat(session.path("inTransaction").asBoolean()).isTrue();
        assertThat(session.path("since").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(session.path("pins").path(0).asText()).isEqualTo("listen");
        JsonNode pool = json(get("/pools")).path("pools").path(0);
        assertThat(pool.path("connection").asText()).isEqualTo("orders");
        assertThat(pool.path("inUse").asInt()).isEqualTo(3);
        assertThat(pool.path("waitingByUser").path("bob").asInt()).isEqualTo(1);
        assertThat(pool.path("slow").path("inUse").asInt()).isEqualTo(2);
        assertThat(pool.path("circuit").path("state").asText()).isEqualTo("open");
        assertThat(pool.path("circuit").path("nextProbeMillis").asInt()).isEqualTo(250);
        assertThat(json(get("/health")).path("unreachable").path(0).asText()).isEqualTo("orders");
    }

    @Test
    void refusesOtherPathsAndMethodsInJson() throws Exception {
        HttpResponse<String> missing = get("/sessions/");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(json(missing).path("error").asText()).contains("/pools");

        HttpRequest post =
                HttpRequest.newBuilder(uri("/pools")).POST(BodyPublishers.ofString("{}")).build();
        HttpResponse<String> refused = client.send(post, BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("allow")).hasValue("GET, HEAD");
        assertThat(json(refused).path("error").asText()).isNotEmpty();
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(uri("/health")).HEAD().build();

        HttpResponse<String> answer = client.send(head, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void saysNoMoreThanThatAPageFailed() throws Exception {
        sessions =
                () -> {
                    throw new IllegalStateException("hunter2");
                };

        HttpResponse<String> failed = get("/sessions");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).doesNotContain("hunter2");
    }

    @Test
    void staysOnLoopback() {
        assertThatThrownBy(() ->
                        AdminServer.start(
                                "0.0.0.0", 0, false, List::of, meter, List::of, List::of, NOBODY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allow-remote");
    }

    @Test
    void failsOnAPortInUse() {
        assertThatThrownBy(() -> start(server.port())).isInstanceOf(BindException.class);
    }

    private AdminServer start(int port) throws Exception {
        return AdminServer.start(
                "127.0.0.1",
                port,
                false,
                () -> obstacles,
                meter,
                () -> sessions.get(),
                () -> List.of(ORDERS),
                NOBODY);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}
