package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Apache Calcite Avatica's server over the stock driver, and its own remote driver. */
final class Avatica {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Avatica() {}

    /** Whether {@code benchmarks/run} has fetched its libraries to this directory. */
    static boolean fetched(Path libraries) {
        return Files.isDirectory(libraries);
    }

    /**
     * Starts the server.
     *
     * @param home the directory of its source file
     * @param libraries its jars and the stock driver's
     */
    static Target start(Path home, Path libraries, Postgres postgres, Path directory, Started stop)
            throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        ChildProcess process =
                ChildProcess.start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Davatica.connectioncache.maxcapacity=3000",
                                "-cp",
                                libraries + "/*",
                                home.resolve("AvaticaServer.java").toString(),
                                Integer.toString(port),
                                postgres.direct().url()),
                        directory.resolve("avatica.log"));
        stop.add(process);
        process.awaitPort(port, PATIENCE);
        return new Target(
                Target.AVATICA,
                String.format(
                        Locale.ROOT,
                        "jdbc:avatica:remote:url=http://127.0.0.1:%d;serialization=PROTOBUF",
                        port),
                Map.of("user", Postgres.USER, "password", Postgres.PASSWORD),
                OptionalLong.of(process.pid()),
                true,
                "Avatica's server and remote driver, Protocol Buffers over HTTP, a database"
                        + " connection for each client");
    }
}
