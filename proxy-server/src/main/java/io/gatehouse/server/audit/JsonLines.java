package io.gatehouse.server.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Audit records as JSON, one line each. Used by one thread at a time. */
final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonTime time = new JsonTime();
    private final JsonMember session = new JsonMember("session");
    private final JsonMember user = new JsonMember("user");
    private final JsonMember address = new JsonMember("address");
    private final JsonMember door = new JsonMember("door");
    private final JsonMember connection = new JsonMember("connection");
    private final JsonMember application = new JsonMember("application");
    private final JsonMember traceparent = new JsonMember("traceparent");
    private final JsonMember fingerprint = new JsonMember("fingerprint");
    private final JsonMember statement = new JsonMember("statement");
    private final JsonMember sql = new JsonMember("sql");
    private final JsonMember dialect = new JsonMember("dialect");
    private final JsonMember facts = new JsonMember("facts");
    private final JsonMember groups = new JsonMember("groups");
    private final JsonMember role = new JsonMember("role");
    private final JsonMember labels = new JsonMember("labels");
    private final JsonMember searchPath = new JsonMember("search_path");
    private final JsonMember verdict = new JsonMember("verdict");
    private final JsonMember rule = new JsonMember("rule");
    private final JsonMember policy = new JsonMember("policy");
    private final JsonMember sqlstate = new JsonMember("sqlstate");
    private final JsonMember rows = new JsonMember("rows");
    private final JsonMember ms = new JsonMember("ms");
    private final JsonMember waitMs = new JsonMember("wait_ms");
    private final JsonMember backend = new JsonMember("backend");
    private final JsonMember observed = new JsonMember("observed");
    private final JsonMember approvals = new JsonMember("approvals");
    private final JsonMember masks = new JsonMember("masks");
    private final JsonMember pins = new JsonMember("pins");

    /** What was there before, then the records. */
    byte[] append(byte[] before, List<AuditRecord> records) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(before.length + 512 * records.size());
        bytes.writeBytes(before);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            // Members are written one by one, each as if it stood alone.
            json.setRootValueSeparator(null);
            for (AuditRecord record : records) {
                write(json, record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private void write(JsonGenerator json, AuditRecord record) throws IOException {
        json.writeRaw('{');
        time.write(json, record.time());
        session.text(json, record.session());
        user.text(json, record.user());
        address.text(json, record.address());
        door.text(json, record.door());
        connection.text(json, record.connection());
        application.text(json, record.application());
        traceparent.text(json, record.traceparent());
        fingerprint.text(json, record.fingerprint());
        statement.text(json, cut(record.statement()));
        sql.text(json, cut(record.sql()));
        dialect.text(json, record.dialect());
        facts.text(json, record.facts());
        groups.texts(json, record.groups());
        role.text(json, record.role());
        labels.texts(json, record.labels());
        searchPath.texts(json, record.searchPath());
        verdict.text(json, record.verdict().key());
        rule.text(json, record.rule());
        policy.text(json, record.policyVersion());
        sqlstate.text(json, record.sqlState());
        rows.number(json, record.rows());
        ms.millis(json, record.millis());
        waitMs.millis(json, record.waitMillis());
        backend.text(json, record.backend());
        observed.texts(json, record.observed());
        approvals.texts(json, record.approvals());
        masks.texts(json, record.masks());
        pins.texts(json, record.pins());
        json.writeRaw("}\n");
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
