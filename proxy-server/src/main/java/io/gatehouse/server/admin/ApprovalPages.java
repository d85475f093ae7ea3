package io.gatehouse.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * {@code GET /approvals} and {@code POST /approvals/ID}. They ask for name and password, in clear,
 * and so serve this machine only.
 */
final class ApprovalPages {
    static final String PATH = "/approvals";

    private static final int MOST_BODY = 4096;
    private static final String BASIC = "Basic ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApprovalDesk desk;

    ApprovalPages(ApprovalDesk desk) {
        this.desk = desk;
    }

    Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRemoteAddress().getAddress().isLoopbackAddress()) {
            return Answer.error(403, "approvals are decided on the broker's own machine");
        }
        ApprovalDesk.Claim claim = claim(exchange.getRequestHeaders().getFirst("Authorization"));
        if (claim == null) {
            return unproven(exchange);
        }
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals(PATH) && (method.equals("GET") || method.equals("HEAD"))) {
            return told(exchange, desk.show(claim));
        }
        if (path.startsWith(PATH + "/") && method.equals("POST")) {
            return decided(exchange, claim, path.substring(PATH.length() + 1));
        }
        Arrays.fill(claim.password(), '\0');
        exchange.getResponseHeaders().set("Allow", path.equals(PATH) ? "GET, HEAD" : "POST");
        return Answer.error(405, "GET /approvals shows them, POST /approvals/ID decides");
    }

    private Answer decided(HttpExchange exchange, ApprovalDesk.Claim claim, String id)
            throws IOException {
        // A browser sends this type only where a page of the same origin told it to.
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String decision =
                type != null && type.startsWith("application/json") ? decision(exchange) : "";
        return switch (decision) {
            case "approve" -> told(exchange, desk.decide(claim, id, true));
            case "reject" -> told(exchange, desk.decide(claim, id, false));
            default -> {
                Arrays.fill(claim.password(), '\0');
                yield Answer.error(
                        400, "send {\"decision\": \"approve\"} or \"reject\" as application/json");
            }
        };
    }

    private static String decision(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
        if (body.length > MOST_BODY) {
            return "";
        }
        try {
            JsonNode read = JSON.readTree(body);
            return read == null ? "" : read.path("decision").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static ApprovalDesk.@Nullable Claim claim(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        byte[] clear;
        try {
            clear = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
        CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(clear));
        Arrays.fill(clear, (byte) 0);
        char[] both = new char[chars.remaining()];
        chars.get(both);
        Arrays.fill(chars.array(), '\0');
        int colon = 0;
        while (colon < both.length && both[colon] != ':') {
            colon++;
        }
        if (colon == both.length || colon + 1 == both.length) {
            Arrays.fill(both, '\0');
            return null;
        }
        ApprovalDesk.Claim claim =
                new ApprovalDesk.Claim(
                        new String(both, 0, colon),
                        Arrays.copyOfRange(both, colon + 1, both.length));
        Arrays.fill(both, '\0');
        return claim;
    }

    private static Answer told(HttpExchange exchange, ApprovalDesk.Outcome outcome) {
        return switch (outcome) {
            case ApprovalDesk.Outcome.Shown shown ->
                    Answer.json(200, JsonViews.approvals(shown.approvals()));
            case ApprovalDesk.Outcome.Decided decided ->
                    Answer.json(200, JsonViews.approvals(List.of(decided.approval())));
            case ApprovalDesk.Outcome.NotProven nobody -> unproven(exchange);
            case ApprovalDesk.Outcome.NotNow notNow ->
                    Answer.error(
                            429, "too many wrong passwords came within a minute; try again in one");
            case ApprovalDesk.Outcome.NotAllowed no -> Answer.error(403, no.why());
            case ApprovalDesk.Outcome.Unknown unknown ->
                    Answer.error(404, "there is no such approval, or not any more");
            case ApprovalDesk.Outcome.TooLate late ->
                    Answer.error(
                            409,
                            "it was " + late.approval().state() + " by " + late.approval().by());
        };
    }

    private static Answer unproven(HttpExchange exchange) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"gatehouse\"");
        return Answer.error(401, "give the name and password of a user of the broker");
    }
}
