package io.gatehouse.server.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.gatehouse.server.meter.PoolReading;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The bodies of the admin port. */
final class JsonViews {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonViews() {}

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static String error(String message) {
        return object(json -> json.writeStringField("error", message));
    }

    static String readiness(List<String> obstacles) {
        return object(json -> {
            json.writeBooleanField("ready", obstacles.isEmpty());
            words(json, "obstacles", obstacles);
        });
    }

    /** The broker is up; whose backends are not, as far as is known. */
    static String health(List<PoolReading> pools) {
        return object(json -> {
            json.writeStringField("status", "up");
            words(
                    json,
                    "unreachable",
                    pools.stream()
                            .filter(pool ->
                                    pool.circuit().state() != PoolReading.Circuit.State.CLOSED)
                            .map(PoolReading::connection)
                            .toList());
        });
    }

    static String sessions(List<SessionView> sessions) {
        return object(json -> {
            json.writeArrayFieldStart("sessions");
            for (SessionView session : sessions) {
                write(json, session);
            }
            json.writeEndArray();
        });
    }

    static String approvals(List<ApprovalView> approvals) {
        return object(json -> {
            json.writeArrayFieldStart("approvals");
            for (ApprovalView approval : approvals) {
                json.writeStartObject();
                json.writeStringField("id", approval.id());
                json.writeStringField("state", approval.state());
                json.writeStringField("by", approval.by());
                json.writeStringField("until", approval.until().toString());
                json.writeStringField("user", approval.user());
                json.writeStringField("connection", approval.connection());
                json.writeStringField("address", approval.address());
                json.writeStringField("application", approval.application());
                json.writeStringField("role", approval.role());
                words(json, "searchPath", approval.searchPath());
                json.writeStringField("rule", approval.rule());
                json.writeStringField("reason", approval.reason());
                json.writeStringField("statement", approval.statement());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String pools(List<PoolReading> pools) {
        return object(json -> {
            json.writeArrayFieldStart("pools");
            for (PoolReading pool : pools) {
                json.writeStartObject();
                json.writeStringField("connection", pool.connection());
                json.writeNumberField("size", pool.size());
                json.writeNumberField("open", pool.open());
                json.writeNumberField("inUse", pool.inUse());
                json.writeNumberField("waiting", pool.waiting());
                json.writeNumberField("pinned", pool.pinned());
                writeWaiting(json, pool);
                write(json, pool.slow());
                write(json, pool.circuit());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** The longest line first. */
    private static void writeWaiting(JsonGenerator json, PoolReading pool) throws IOException {
        json.writeObjectFieldStart("waitingByUser");
        Comparator<Map.Entry<String, Integer>> order =
                Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey());
        for (var user : pool.waitingByUser().entrySet().stream().sorted(order).toList()) {
            json.writeNumberField(user.getKey(), user.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PoolReading.Slow slow) throws IOException {
        json.writeObjectFieldStart("slow");
        json.writeNumberField("most", slow.most());
        json.writeNumberField("inUse", slow.inUse());
        json.writeNumberField("waiting", slow.waiting());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, PoolReading.Circuit circuit) throws IOException {
        json.writeObjectFieldStart("circuit");
        switch (circuit.state()) {
            case CLOSED -> json.writeStringField("state", "closed");
            case HALF_OPEN -> json.writeStringField("state", "half-open");
            case OPEN -> {
                json.writeStringField("state", "open");
                json.writeNumberField("nextProbeMillis", circuit.probeMillis());
            }
        }
        if (circuit.state() != PoolReading.Circuit.State.CLOSED) {
            json.writeNumberField("unreachableMillis", circuit.sinceMillis());
            json.writeStringField("why", circuit.why());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SessionView session) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", session.id());
        json.writeStringField("user", session.user());
        json.writeStringField("address", session.address());
        json.writeStringField("connection", session.connection());
        json.writeStringField("application", session.application());
        json.writeStringField("door", session.door());
        json.writeStringField("state", session.state());
        json.writeStringField("since", session.since().toString());
        json.writeBooleanField("inTransaction", session.inTransaction());
        words(json, "pins", session.pins());
        json.writeStringField("fingerprint", session.fingerprint());
        json.writeEndObject();
    }

    private static void words(JsonGenerator json, String name, List<String> words)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }

    private static String object(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written into memory", e);
        }
        return text.toString();
    }
}
