package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** HAProxy as it is installed, passing bytes on: what any hop costs at least. */
final class HaProxy {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_CLIENTS = 3_000;

    private HaProxy() {}

    static Target start(Path program, Postgres postgres, Path directory, Started stop)
            throws IOException, InterruptedException {
        String version = ChildProcess.answer(List.of(program.toString(), "-v"), "", PATIENCE);
        int port = ChildProcess.freePort();
        Path settings = directory.resolve("haproxy.cfg");
        Files.writeString(settings, settings(port, postgres.port()));
        ChildProcess process =
                ChildProcess.start(
                        List.of(program.toString(), "-db", "-f", settings.toString()),
                        directory.resolve("haproxy.log"));
        stop.add(process);
        process.awaitPort(port, PATIENCE);
        return new Target(
                Target.HAPROXY,
                Postgres.url(port, Postgres.DATABASE),
                Map.of("user", Postgres.USER, "password", Postgres.PASSWORD),
                OptionalLong.of(process.pid()),
                false,
                version.lines().findFirst().orElse("HAProxy")
                        + ", TCP mode, a database connection for each client, stock driver");
    }

    private static String settings(int port, int database) {
        return String.format(
                Locale.ROOT,
                """
                global
                    maxconn %d
                defaults
                    mode tcp
                    timeout connect 10s
                    timeout client 1h
                    timeout server 1h
                listen bench
                    bind 127.0.0.1:%d
                    server postgres 127.0.0.1:%d
                """,
                MAX_CLIENTS,
                port,
                database);
    }
}
