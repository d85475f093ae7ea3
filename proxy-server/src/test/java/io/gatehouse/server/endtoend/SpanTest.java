package io.gatehouse.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.boot.InProcess;
import io.gatehouse.server.testing.Databases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the broker does for a statement of a trace is a span of that trace, at a collector. */
@Timeout(60)
class SpanTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";
    private static final String PASSWORD = "to be traced";

    @TempDir private Path dir;
    private final Queue<JsonNode> taken = new ConcurrentLinkedQueue<>();
    private volatile int status = 200;
    private HttpServer collector;

    @BeforeEach
    void collect() throws IOException {
        collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    JsonNode told = new ObjectMapper().readTree(exchange.getRequestBody());
                    if (status == 200) {
                        taken.add(told);
                    }
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private InProcess broker() throws Exception {
        Files.createDirectories(dir.resolve("connections"));
        Files.createDirectories(dir.resolve("policies"));
        Files.writeString(
                dir.resolve("gatehouse.yaml"),
                """
                listen: {port: 0}
                admin: {port: 0}
                audit: {to: file, file: audit.jsonl}
                traces: {otlp: 'http://127.0.0.1:%s/v1/traces'}
                drain: 1s
                """
                        .formatted(collector.getAddress().getPort()));
        Files.writeString(
                dir.resolve("users.yaml"),
                "- name: tracer\n  verifier: '%s'\n"
                        .formatted(ScramVerifier.of(PASSWORD.toCharArray()).text()));
        Files.writeString(dir.resolve("policies/default.yaml"), "policy: 1\ndefault: allow\n");
        Files.writeString(
                dir.resolve("connections/shop.yaml"),
                "kind: h2\ndatabase: '%s'\nuser: sa\npassword: {none: true}\n"
                                .formatted(Databases.h2())
                        + "grants: {users: [tracer]}\n");
        return InProcess.serve(dir);
    }

    private static Connection connect(InProcess broker) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:gatehouse://127.0.0.1:"
                        + broker.port()
                        + "/shop?applicationName=billing&traceparent="
                        + SAMPLED,
                "tracer",
                PASSWORD);
    }

    private List<JsonNode> spans() {
        List<JsonNode> spans = new ArrayList<>();
        for (JsonNode told : taken) {
            JsonNode of = told.at("/resourceSpans/0");
            assertThat(of.at("/resource/attributes/0/value/stringValue").asText())
                    .isEqualTo("gatehouse");
            of.at("/scopeSpans/0/spans").forEach(spans::add);
        }
        return spans;
    }

    private static String attribute(JsonNode span, String key) {
        for (JsonNode attribute : span.get("attributes")) {
            if (attribute.get("key").asText().equals(key)) {
                return attribute.get("value").elements().next().asText();
            }
        }
        return "";
    }

    @Test
    void eachStatementOfASampledTraceIsOneOfItsSpans() throws Exception {
        try (InProcess broker = broker();
                Connection c = connect(broker)) {
            assertThat(Talk.ask(c, "select 'private' from dual where 7 = 7")).isEqualTo("private");
            c.setClientInfo("traceparent", NOT_SAMPLED);
            Talk.run(c, "select 2");
            c.setClientInfo("traceparent", SAMPLED);
            assertThat(Talk.state(() -> Talk.run(c, "select nothing"))).isEqualTo("42S22");
            Talk.eventually("two spans", () -> spans().size() >= 2);
        }
        assertThat(spans())
                .hasSize(2)
                .allSatisfy(span -> {
                    assertThat(span.get("traceId").asText()).isEqualTo(TRACE);
                    assertThat(span.get("parentSpanId").asText()).isEqualTo(PARENT);
                    assertThat(span.get("spanId").asText())
                            .matches("[0-9a-f]{16}")
                            .isNotEqualTo(PARENT);
                    assertThat(span.get("name").asText()).isEqualTo("select shop");
                    assertThat(span.get("endTimeUnixNano").asLong())
                            .isGreaterThan(span.get("startTimeUnixNano").asLong());
                    assertThat(attribute(span, "db.system.name")).isEqualTo("h2database");
                    assertThat(attribute(span, "user.name")).isEqualTo("tracer");
                    assertThat(attribute(span, "gatehouse.application")).isEqualTo("billing");
                    assertThat(span.toString()).doesNotContain("private");
                });
        JsonNode first = spans().get(0);
        JsonNode failed = spans().get(1);
        assertThat(first.get("spanId")).isNotEqualTo(failed.get("spanId"));
        assertThat(attribute(first, "db.response.returned_rows")).isEqualTo("1");
        assertThat(first.at("/status/code").asInt()).isZero();
        assertThat(failed.at("/status/code").asInt()).isEqualTo(2);
        assertThat(attribute(failed, "db.response.status_code")).isEqualTo("42S22");
    }

    @Test
    void whatTheCollectorDoesNotTakeIsCountedAndNothingElse() throws Exception {
        status = 503;
        try (InProcess broker = broker();
                Connection c = connect(broker)) {
            assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
            Talk.eventually(
                    "it is counted", () -> metrics(broker).contains("gatehouse_spans_lost 1"));
            status = 200;
            assertThat(Talk.ask(c, "select 2")).isEqualTo("2");
            Talk.eventually("the next is taken", () -> spans().size() == 1);
        }
    }

    @Test
    void whatWaitsIsSentBeforeTheBrokerStops() throws Exception {
        try (InProcess broker = broker()) {
            try (Connection c = connect(broker)) {
                assertThat(Talk.ask(c, "select 1")).isEqualTo("1");
            }
        }
        assertThat(spans()).hasSize(1);
    }

    private static String metrics(InProcess broker) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + broker.adminPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
