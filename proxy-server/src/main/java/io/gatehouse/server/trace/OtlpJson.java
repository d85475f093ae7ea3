package io.gatehouse.server.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Spans as OTLP has them in JSON, named by OpenTelemetry's conventions for databases. */
final class OtlpJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int SERVER = 2;
    private static final int ERROR = 2;
    private static final int MAX_TEXT = 4 * 1024;
    private static final long NANOS = 1_000_000_000;

    private final String version;
    private final RandomGenerator ids;

    OtlpJson(String version, RandomGenerator ids) {
        this.version = version;
        this.ids = ids;
    }

    byte[] of(List<StatementSpan> spans) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 * spans.size());
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            json.writeArrayFieldStart("attributes");
            text(json, "service.name", "gatehouse");
            text(json, "service.version", version);
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayFieldStart("scopeSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", "io.gatehouse");
            json.writeEndObject();
            json.writeArrayFieldStart("spans");
            for (StatementSpan span : spans) {
                span(json, span);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private void span(JsonGenerator json, StatementSpan span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.trace());
        json.writeStringField("spanId", id());
        json.writeStringField("parentSpanId", span.parent());
        json.writeStringField("name", span.verb() + " " + span.connection());
        json.writeNumberField("kind", SERVER);
        json.writeStringField("startTimeUnixNano", unixNanos(span.start()));
        json.writeStringField("endTimeUnixNano", unixNanos(span.start().plusNanos(span.nanos())));
        json.writeArrayFieldStart("attributes");
        text(json, "db.system.name", system(span.dialect()));
        text(json, "db.namespace", span.connection());
        text(json, "db.operation.name", span.verb().toUpperCase(Locale.ROOT));
        text(json, "db.query.text", cut(span.statement()));
        number(json, "db.response.returned_rows", span.rows());
        if (span.failed()) {
            text(json, "db.response.status_code", span.sqlState());
            text(json, "error.type", span.sqlState());
        }
        text(json, "user.name", span.user());
        text(json, "gatehouse.application", span.application());
        text(json, "gatehouse.backend", span.backend());
        text(json, "gatehouse.verdict", span.verdict());
        text(json, "gatehouse.rule", span.rule());
        number(json, "gatehouse.wait_ns", span.waitNanos());
        json.writeEndArray();
        json.writeObjectFieldStart("status");
        if (span.failed()) {
            json.writeNumberField("code", ERROR);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** 16 hexadecimal digits, not all of them 0. */
    private String id() {
        return HexFormat.of().toHexDigits(ids.nextLong(1, Long.MAX_VALUE));
    }

    private static String system(String dialect) {
        return switch (dialect) {
            case "sqlserver" -> "microsoft.sql_server";
            case "h2" -> "h2database";
            case "oracle" -> "oracle.db";
            default -> dialect;
        };
    }

    private static String unixNanos(Instant time) {
        return Long.toString(time.getEpochSecond() * NANOS + time.getNano());
    }

    private static void text(JsonGenerator json, String key, String value) throws IOException {
        if (!value.isEmpty()) {
            attribute(json, key, "stringValue", value);
        }
    }

    /** OTLP writes whole numbers as texts, because JSON's are no 64 bits wide. */
    private static void number(JsonGenerator json, String key, long value) throws IOException {
        attribute(json, key, "intValue", Long.toString(value));
    }

    private static void attribute(JsonGenerator json, String key, String type, String value)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeStringField(type, value);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end) + "…";
    }
}
