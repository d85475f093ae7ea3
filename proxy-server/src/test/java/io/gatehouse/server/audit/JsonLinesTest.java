package io.gatehouse.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.gatehouse.server.audit.AuditRecord.Verdict;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

final class JsonLinesTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private static final List<String> TEXTS =
            List.of(
                    "SELECT 1",
                    "",
                    "SELECT \"a\\b\" -- \u0001\n\t\u007f",
                    "Grüße\u2028\u20ac",
                    "\uD83D\uDD11 key",
                    "x".repeat(512),
                    "x".repeat(513),
                    "y".repeat(10_000),
                    "SELECT 2");

    private static final List<Instant> TIMES =
            List.of(
                    Instant.EPOCH,
                    TIME,
                    Instant.parse("2026-01-02T03:04:05Z"),
                    Instant.parse("2026-01-02T03:04:05.000001Z"),
                    Instant.parse("2026-01-02T03:04:05.12Z"),
                    Instant.parse("2026-01-02T03:04:05.000000009Z"),
                    Instant.parse("2026-01-02T03:04:06.999999999Z"),
                    Instant.parse("1969-12-31T23:59:59.5Z"),
                    Instant.parse("+12026-01-02T03:04:06Z"));

    private static final List<Double> MILLIS =
            List.of(0.0, 0.0004, 0.001, 0.0126, 0.5, 1.2349, 999.9996, 86_400_000.25);

    @Test
    void writesEveryMemberInItsOrder() {
        AuditRecord record = record("SELECT \"t\"", TIME, 1.2346, List.of("a", "b\"c"));

        assertThat(new String(new JsonLines().append(new byte[0], List.of(record)), UTF_8))
                .isEqualTo(
                        "{\"time\":\"2026-01-02T03:04:05.678Z\",\"session\":\"s1\",\"user\":\"ada\""
                                + ",\"address\":\"192.0.2.1\",\"door\":\"driver\""
                                + ",\"connection\":\"shop\",\"application\":\"SELECT \\\"t\\\"\""
                                + ",\"traceparent\":\"\",\"fingerprint\":\"0123456789abcdef\""
                                + ",\"statement\":\"SELECT \\\"t\\\"\",\"sql\":\"\""
                                + ",\"dialect\":\"postgresql\",\"facts\":\"fedcba9876543210\""
                                + ",\"groups\":[\"staff\"],\"role\":\"app\",\"labels\":[\"prod\"]"
                                + ",\"search_path\":[\"a\",\"b\\\"c\"],\"verdict\":\"allow\""
                                + ",\"rule\":\"reads\",\"policy\":\"p1\",\"sqlstate\":\"00000\""
                                + ",\"rows\":7,\"ms\":1.235,\"wait_ms\":0.500"
                                + ",\"backend\":\"primary\",\"observed\":[],\"approvals\":[]"
                                + ",\"masks\":[],\"pins\":[\"a\",\"b\\\"c\"]}\n");
    }

    /** What is remembered of earlier records never shows. */
    @Test
    void writesWhatJacksonWritesWhateverCameBefore() throws Exception {
        List<AuditRecord> records = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200; i++) {
                String text = i < TEXTS.size() ? TEXTS.get(i) : "SELECT " + i % 100;
                Instant time = TIMES.get(i % TIMES.size());
                double millis = MILLIS.get(i % MILLIS.size());
                records.add(record(text, time, millis, i % 2 == 0 ? List.of() : List.of(text)));
                records.add(record(text, time, millis, List.of()));
            }
        }
        JsonLines lines = new JsonLines();
        byte[] before = "before\n".getBytes(UTF_8);

        byte[] written = lines.append(before, records.subList(0, 700));
        written = lines.append(written, records.subList(700, records.size()));

        assertThat(new String(written, UTF_8)).isEqualTo("before\n" + asJacksonWrites(records));
    }

    private static AuditRecord record(String text, Instant time, double millis, List<String> some) {
        return new AuditRecord(
                time,
                "s1",
                "ada",
                "192.0.2.1",
                "driver",
                "shop",
                text,
                "",
                "0123456789abcdef",
                text,
                "",
                "postgresql",
                "fedcba9876543210",
                Set.of("staff"),
                "app",
                Set.of("prod"),
                some,
                Verdict.ALLOW,
                "reads",
                "p1",
                "00000",
                7,
                millis,
                0.5,
                "primary",
                List.of(),
                List.of(),
                List.of(),
                some);
    }

    private static String asJacksonWrites(List<AuditRecord> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.setRootValueSeparator(null);
            for (AuditRecord record : records) {
                write(json, record);
                json.writeRaw('\n');
            }
        }
        return bytes.toString(UTF_8);
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
        json.writeStringField("statement", record.statement());
        json.writeStringField("sql", record.sql());
        json.writeStringField("dialect", record.dialect());
        json.writeStringField("facts", record.facts());
        write(json, "groups", record.groups());
        json.writeStringField("role", record.role());
        write(json, "labels", record.labels());
        write(json, "search_path", record.searchPath());
        json.writeStringField("verdict", "allow");
        json.writeStringField("rule", record.rule());
        json.writeStringField("policy", record.policyVersion());
        json.writeStringField("sqlstate", record.sqlState());
        json.writeNumberField("rows", record.rows());
        json.writeFieldName("ms");
        json.writeNumber(millis(record.millis()));
        json.writeFieldName("wait_ms");
        json.writeNumber(millis(record.waitMillis()));
        json.writeStringField("backend", record.backend());
        write(json, "observed", record.observed());
        write(json, "approvals", record.approvals());
        write(json, "masks", record.masks());
        write(json, "pins", record.pins());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Collection<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static String millis(double millis) {
        return BigDecimal.valueOf(Math.round(millis * 1000), 3).toPlainString();
    }
}
