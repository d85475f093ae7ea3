package io.gatehouse.server.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** Audit records as JSON, one line each. */
final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();
    private static final SerializableString NONE = new SerializedString("[]");
    private static final SerializableString TIME = new SerializedString("time");
    private static final SerializableString SESSION = new SerializedString("session");
    private static final SerializableString USER = new SerializedString("user");
    private static final SerializableString ADDRESS = new SerializedString("address");
    private static final SerializableString DOOR = new SerializedString("door");
    private static final SerializableString CONNECTION = new SerializedString("connection");
    private static final SerializableString APPLICATION = new SerializedString("application");
    private static final SerializableString TRACEPARENT = new SerializedString("traceparent");
    private static final SerializableString FINGERPRINT = new SerializedString("fingerprint");
    private static final SerializableString STATEMENT = new SerializedString("statement");
    private static final SerializableString SQL = new SerializedString("sql");
    private static final SerializableString DIALECT = new SerializedString("dialect");
    private static final SerializableString FACTS = new SerializedString("facts");
    private static final SerializableString GROUPS = new SerializedString("groups");
    private static final SerializableString ROLE = new SerializedString("role");
    private static final SerializableString LABELS = new SerializedString("labels");
    private static final SerializableString SEARCH_PATH = new SerializedString("search_path");
    private static final SerializableString VERDICT = new SerializedString("verdict");
    private static final SerializableString RULE = new SerializedString("rule");
    private static final SerializableString POLICY = new SerializedString("policy");
    private static final SerializableString SQLSTATE = new SerializedString("sqlstate");
    private static final SerializableString ROWS = new SerializedString("rows");
    private static final SerializableString MS = new SerializedString("ms");
    private static final SerializableString WAIT_MS = new SerializedString("wait_ms");
    private static final SerializableString BACKEND = new SerializedString("backend");
    private static final SerializableString OBSERVED = new SerializedString("observed");
    private static final SerializableString APPROVALS = new SerializedString("approvals");
    private static final SerializableString MASKS = new SerializedString("masks");
    private static final SerializableString PINS = new SerializedString("pins");

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
        word(json, TIME, record.time().toString());
        word(json, SESSION, record.session());
        word(json, USER, record.user());
        word(json, ADDRESS, record.address());
        word(json, DOOR, record.door());
        word(json, CONNECTION, record.connection());
        word(json, APPLICATION, record.application());
        word(json, TRACEPARENT, record.traceparent());
        word(json, FINGERPRINT, record.fingerprint());
        word(json, STATEMENT, cut(record.statement()));
        word(json, SQL, cut(record.sql()));
        word(json, DIALECT, record.dialect());
        word(json, FACTS, record.facts());
        words(json, GROUPS, record.groups());
        word(json, ROLE, record.role());
        words(json, LABELS, record.labels());
        words(json, SEARCH_PATH, record.searchPath());
        word(json, VERDICT, record.verdict().key());
        word(json, RULE, record.rule());
        word(json, POLICY, record.policyVersion());
        word(json, SQLSTATE, record.sqlState());
        json.writeFieldName(ROWS);
        json.writeNumber(record.rows());
        json.writeFieldName(MS);
        json.writeNumber(rounded(record.millis()));
        json.writeFieldName(WAIT_MS);
        json.writeNumber(rounded(record.waitMillis()));
        word(json, BACKEND, record.backend());
        words(json, OBSERVED, record.observed());
        words(json, APPROVALS, record.approvals());
        words(json, MASKS, record.masks());
        words(json, PINS, record.pins());
        json.writeEndObject();
    }

    private static void word(JsonGenerator json, SerializableString name, String word)
            throws IOException {
        json.writeFieldName(name);
        json.writeString(word);
    }

    private static void words(JsonGenerator json, SerializableString name, Collection<String> words)
            throws IOException {
        json.writeFieldName(name);
        if (words.isEmpty()) {
            json.writeRawValue(NONE);
            return;
        }
        json.writeStartArray();
        for (String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }

    /** To the microsecond. */
    private static String rounded(double millis) {
        long micros = Math.round(millis * 1000);
        long rest = micros % 1000;
        String zeros = rest < 10 ? "00" : rest < 100 ? "0" : "";
        return micros / 1000 + "." + zeros + rest;
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
