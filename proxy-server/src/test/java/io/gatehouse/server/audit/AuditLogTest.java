package io.gatehouse.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.server.audit.AuditRecord.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

@Timeout(30)
final class AuditLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path dir;

    @Test
    void writesOneLineForEachRecordWithEveryField() throws Exception {
        Path file = dir.resolve("deep/audit.jsonl");
        try (AuditLog log = AuditLog.toFile(file, 1 << 20, 2)) {
            log.record(record("SELECT * FROM \"t\nx\" WHERE id = ?\u2028", "s1"));
            log.record(record("SELECT 1", "s2"));
        }

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        JsonNode first = JSON.readTree(lines.getFirst());
        assertThat(first.path("time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(first.path("session").asText()).isEqualTo("s1");
        assertThat(first.path("user").asText()).isEqualTo("ada");
        assertThat(first.path("traceparent").asText())
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(first.path("statement").asText())
                .isEqualTo("SELECT * FROM \"t\nx\" WHERE id = ?\u2028");
        assertThat(first.path("verdict").asText()).isEqualTo("deny");
        assertThat(first.path("rows").asLong()).isEqualTo(7);
        assertThat(first.path("ms").asDouble()).isEqualTo(1.235);
        assertThat(first.path("wait_ms").asDouble()).isEqualTo(0.5);
        assertThat(first.path("backend").asText()).isEqualTo("replica-1");
        assertThat(first.path("pins").path(0).asText()).isEqualTo("temporary table");
        assertThat(first.path("observed").path(0).asText()).isEqualTo("watch deny");
        assertThat(first.path("approvals").path(0).asText()).isEqualTo("0a1b2c by bob");
        assertThat(first.path("masks").path(0).asText()).isEqualTo("email partial");
        assertThat(first.size()).isEqualTo(29);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void cutsLongTexts() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (AuditLog log = AuditLog.toStream(bytes)) {
            log.record(record("x".repeat(AuditRecord.MAX_TEXT - 1) + "\uD83D\uDD11 and more", "s"));
        }

        String statement =
                JSON.readTree(bytes.toString(StandardCharsets.UTF_8)).path("statement").asText();
        assertThat(statement).hasSize(AuditRecord.MAX_TEXT).endsWith("x…");
    }

    @Test
    void setsFullFilesAsideAndKeepsSoManyOfThem() throws Exception {
        Path file = dir.resolve("audit.jsonl");
        try (AuditLog log = AuditLog.toFile(file, 2_000, 3)) {
            for (int i = 0; i < 60; i++) {
                log.record(record("SELECT " + i, "s" + i));
                awaitWritten(file, "\"s" + i + "\"");
            }
        }

        List<String> names;
        try (Stream<Path> files = Files.list(dir)) {
            names = files.map(path -> path.getFileName().toString()).sorted().toList();
        }
        assertThat(names)
                .containsExactly("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2", "audit.jsonl.3");
        for (String name : names) {
            assertThat(Files.size(dir.resolve(name))).isBetween(1L, 2_000L);
        }
        assertThat(Files.readString(file)).contains("\"s59\"");
        assertThat(Files.readString(dir.resolve("audit.jsonl.1"))).doesNotContain("\"s59\"");
    }

    @Test
    void goesOnBehindWhatIsThere() throws Exception {
        Path file = dir.resolve("audit.jsonl");
        for (String session : List.of("a", "b")) {
            try (AuditLog log = AuditLog.toFile(file, 1 << 20, 1)) {
                log.record(record("SELECT 1", session));
            }
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void losesNothingWhenManyWriteMoreThanTheQueueHolds() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Thread> threads = new ArrayList<>();
        try (AuditLog log = new AuditLog(new StreamSink(bytes), 16)) {
            for (int t = 0; t < 4; t++) {
                int number = t;
                threads.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    for (int i = 0; i < 2_000; i++) {
                                        log.record(record("SELECT 1", number + "-" + i));
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(log.lost()).isZero();
        }

        TreeSet<String> sessions = new TreeSet<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).split("\n")) {
            sessions.add(JSON.readTree(line).path("session").asText());
        }
        assertThat(sessions).hasSize(8_000);
    }

    @Test
    void keepsRecordsWhileTheFileCannotBeWritten() throws Exception {
        FailingSink sink = new FailingSink();
        AuditLog log = new AuditLog(sink, 8);
        log.record(record("SELECT 1", "first"));
        assertThat(sink.failed.await(10, TimeUnit.SECONDS)).isTrue();
        while (log.healthy()) {
            Thread.onSpinWait();
        }
        log.record(record("SELECT 1", "second"));
        sink.broken = false;
        log.close();

        assertThat(sink.written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("first"))
                .anySatisfy(line -> assertThat(line).contains("second"));
        assertThat(log.lost()).isZero();
    }

    @Test
    void countsWhatItCouldNotKeep() throws Exception {
        FailingSink sink = new FailingSink();
        AuditLog log = new AuditLog(sink, 2);
        for (int i = 0; i < 10; i++) {
            log.record(record("SELECT 1", "s" + i));
        }
        assertThat(log.lost()).isPositive();
        log.close();
        assertThat(log.healthy()).isFalse();
    }

    private static void awaitWritten(Path file, String what) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!content(file).contains(what)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static String content(Path file) throws Exception {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            // It is just being set aside.
            return "";
        }
    }

    private static AuditRecord record(String statement, String session) {
        return new AuditRecord(
                Instant.parse("2026-01-02T03:04:05.678Z"),
                session,
                "ada",
                "127.0.0.1",
                "driver",
                "orders",
                "app",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0123456789abcdef",
                statement,
                "",
                "postgresql",
                "fedcba9876543210",
                Set.of("staff"),
                "app",
                Set.of("production"),
                List.of("sales", "public"),
                Verdict.DENY,
                "no-drop",
                "abc",
                "42501",
                7,
                1.23456,
                0.5,
                "replica-1",
                List.of("watch deny"),
                List.of("0a1b2c by bob"),
                List.of("email partial"),
                List.of("temporary table"));
    }

    private static final class FailingSink implements Sink {
        private final CountDownLatch failed = new CountDownLatch(1);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private volatile boolean broken = true;

        @Override
        public void write(byte[] lines) throws IOException {
            if (broken) {
                failed.countDown();
                throw new IOException("no space left on device");
            }
            written.writeBytes(lines);
        }

        @Override
        public void close() {}
    }
}
