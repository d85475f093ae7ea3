package io.gatehouse.server.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Audit records as JSON, one line each. */
final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonLines() {}

    /** What was there before, then the records. */
    static byte[] append(byte[] before, List<AuditRecord> records) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(before.length + 512 * records.size());
        bytes.writeBytes(before);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(null);
            for (AuditRecord record : records) {
                write(json, record);
                json.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, AuditRecord record) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", record.time().toString());
        json.writeStringField("session", record.session());
        json.writeStringField("user", record.user());
        json.writeStringField("address", record.address());
        json.writeStringField("door", record.door());
        json.writeStringField("connection", record.connection());
        json.writeStringField("application", record.application());
        json.writeStringField("traceparent", record.traceparent());
        json.writeStringField("fingerprint", record.fingerprint());
        json.writeStringField("statement", cut(record.statement()));
        json.writeStringField("verdict", record.verdict().name().toLowerCase(Locale.ROOT));
        json.writeStringField("rule", record.rule());
        json.writeStringField("policy", record.policyVersion());
        json.writeStringField("sqlstate", record.sqlState());
        json.writeNumberField("rows", record.rows());
        json.writeNumberField("ms", rounded(record.millis()));
        json.writeNumberField("wait_ms", rounded(record.waitMillis()));
        words(json, "observed", record.observed());
        words(json, "approvals", record.approvals());
        words(json, "masks", record.masks());
        words(json, "pins", record.pins());
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

    /** To the microsecond. */
    private static BigDecimal rounded(double millis) {
        return BigDecimal.valueOf(Math.round(millis * 1000), 3);
    }

    private static String cut(String text) {
        if (text.length() <= AuditRecord.MAX_TEXT) {
            return text;
        }
        // Half of a surrogate pair is not writable.
        int end = AuditRecord.MAX_TEXT;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
