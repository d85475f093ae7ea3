package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.admin.AdminServer;
import io.gatehouse.server.audit.AuditLog;
import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.auth.UserRecord;
import io.gatehouse.server.gate.Approvals;
import io.gatehouse.server.gate.Asking;
import io.gatehouse.server.gate.Gate;
import io.gatehouse.server.gate.Holds;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.secret.SigningKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Approvals over the admin port, by people who prove who they are. */
final class ApprovalOfficeTest {
    private static final String STATEMENT = "drop table orders";

    private final ByteArrayOutputStream audited = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Meter meter = new Meter();
    private AuditLog audit;
    private AdminServer server;
    private Gate gate;

    @BeforeEach
    void begin() throws Exception {
        InstantSource clock = InstantSource.system();
        Map<String, UserRecord> users =
                Map.of("ann", user("ann", "staff"), "eve", user("eve", "dba"), "dan", user("dan"));
        Approvals approvals = new Approvals(100, clock);
        audit = AuditLog.toStream(audited);
        ApprovalOffice office =
                new ApprovalOffice(
                        new Authenticator(name -> Optional.ofNullable(users.get(name))),
                        approvals,
                        audit,
                        clock);
        server =
                AdminServer.start(
                        "127.0.0.1", 0, false, List::of, meter, List::of, List::of, office);
        Policy policy =
                Policy.parse(
                        "p",
                        """
                        policy: 1
                        default: allow
                        rules:
                          - name: four-eyes
                            match: {verbs: [drop]}
                            decide: approve
                            reason: it cannot be taken back
                            approvers: {groups: [dba]}
                        """);
        gate =
                new Gate(
                        () -> policy,
                        10,
                        new Holds(SigningKey.random()::sign, clock, approvals),
                        clock);
    }

    private static UserRecord user(String name, String... groups) {
        ScramVerifier verifier = ScramVerifier.of(("pw of " + name).toCharArray());
        return new UserRecord(name, verifier, Set.of(groups));
    }

    @AfterEach
    void end() {
        server.close();
        audit.close();
        client.close();
        meter.close();
    }

    private boolean passes() {
        Asker asker = Asker.of("ann", Set.of("staff"), "orders");
        Asking asking = new Asking(asker, Dialect.POSTGRESQL, SearchPath.UNKNOWN);
        return gate.decide(asking, STATEMENT) instanceof Verdict.Granted;
    }

    private HttpResponse<String> send(String user, String path, String body) throws Exception {
        return send(user, "pw of " + user, path, body, "application/json");
    }

    private HttpResponse<String> send(
            String user, String password, String path, String body, String type) throws Exception {
        String clear = user + ":" + password;
        String basic = Base64.getEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Authorization", "Basic " + basic);
        if (!body.isEmpty()) {
            request.header("Content-Type", type).POST(BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode first(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body()).path("approvals").path(0);
    }

    @Test
    void anApproverSeesAndApproves() throws Exception {
        assertThat(passes()).isFalse();
        JsonNode shown = first(send("eve", "/approvals", ""));
        assertThat(shown.path("state").asText()).isEqualTo("waiting");
        assertThat(shown.path("user").asText()).isEqualTo("ann");
        assertThat(shown.path("statement").asText()).isEqualTo(STATEMENT);
        assertThat(shown.path("reason").asText()).isEqualTo("it cannot be taken back");
        String path = "/approvals/" + shown.path("id").asText();
        HttpResponse<String> decided = send("eve", path, "{\"decision\": \"approve\"}");
        assertThat(decided.statusCode()).isEqualTo(200);
        assertThat(first(decided).path("by").asText()).isEqualTo("eve");
        assertThat(passes()).isTrue();
        assertThat(send("eve", path, "{\"decision\": \"reject\"}").statusCode()).isEqualTo(409);
        audit.close();
        JsonNode record = new ObjectMapper().readTree(audited.toString(StandardCharsets.UTF_8));
        assertThat(record.path("verdict").asText()).isEqualTo("approved");
        assertThat(record.path("user").asText()).isEqualTo("eve");
        assertThat(record.path("door").asText()).isEqualTo("admin");
        assertThat(record.path("policy").asText()).hasSize(12);
        assertThat(record.path("approvals").path(0).asText())
                .isEqualTo(shown.path("id").asText() + " of ann");
    }

    @Test
    void guessingPasswordsEndsSoon() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(send("eve", "guess", "/approvals", "", "").statusCode()).isEqualTo(401);
        }
        assertThat(send("eve", "/approvals", "").statusCode()).isEqualTo(429);
    }

    @Test
    void nobodyElseSeesOrDecides() throws Exception {
        assertThat(passes()).isFalse();
        String path = "/approvals/" + first(send("eve", "/approvals", "")).path("id").asText();
        String approve = "{\"decision\": \"approve\"}";
        for (String other : List.of("ann", "dan")) {
            assertThat(first(send(other, "/approvals", "")).isMissingNode()).isTrue();
            assertThat(send(other, path, approve).statusCode()).isEqualTo(403);
        }
        assertThat(send("eve", "wrong", path, approve, "application/json").statusCode())
                .isEqualTo(401);
        assertThat(send("nobody", path, approve).statusCode()).isEqualTo(401);
        HttpResponse<String> bare =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:" + server.port() + "/approvals"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(bare.statusCode()).isEqualTo(401);
        assertThat(bare.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(bare.body()).doesNotContain("orders");
        // A form of some web page can send this, and no other type.
        assertThat(send("eve", "pw of eve", path, approve, "text/plain").statusCode())
                .isEqualTo(400);
        assertThat(send("eve", path, "{\"decision\": \"perhaps\"}").statusCode()).isEqualTo(400);
        assertThat(send("eve", path, "{").statusCode()).isEqualTo(400);
        assertThat(send("eve", path, approve + " ".repeat(5000)).statusCode()).isEqualTo(400);
        assertThat(send("eve", "/approvals", approve).statusCode()).isEqualTo(405);
        assertThat(send("eve", "/approvals/0", approve).statusCode()).isEqualTo(404);
        assertThat(passes()).isFalse();
    }
}
