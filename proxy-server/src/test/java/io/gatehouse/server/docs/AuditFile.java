package io.gatehouse.server.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Audit records as text. */
final class AuditFile {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private AuditFile() {}

    /** All lines, once they are what is looked for, or at the end of the patience. */
    static List<String> await(Path file, Predicate<List<String>> wanted) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> lines = Files.readAllLines(file);
        while (!wanted.test(lines) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            lines = Files.readAllLines(file);
        }
        return lines;
    }

    /** A record without what differs from run to run and between PostgreSQL clients. */
    static String plain(String line) {
        return line.replaceAll("\"(time|policy|application)\":\"[^\"]*\"", "\"$1\":\"\"")
                .replaceAll("\"session\":\"\\d+\"", "\"session\":\"\"")
                .replaceAll("\"(ms|wait_ms)\":[0-9.E-]+", "\"$1\":0");
    }
}
