package io.gatehouse.server.testing;

import io.gatehouse.server.testing.TestBroker.Database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** psql, where it is installed. */
public final class PsqlProgram {
    private static final int PATIENCE_SECONDS = 60;

    private PsqlProgram() {}

    /** Whether there is one. */
    public static boolean present() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "psql").canExecute());
    }

    /** Everything that it says through a broker when each of the texts is said to it. */
    public static String run(TestBroker broker, String database, List<String> texts, String... more)
            throws InterruptedException {
        Database server =
                new Database(
                        "",
                        "127.0.0.1",
                        broker.port(),
                        database,
                        TestBroker.USER,
                        TestBroker.PASSWORD);
        return run(server, texts, more);
    }

    /** The same, straight to a server. */
    public static String run(Database server, List<String> texts, String... more)
            throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-v", "VERBOSITY=verbose"));
        command.addAll(List.of(more));
        for (String text : texts) {
            command.addAll(List.of("-c", text));
        }
        try {
            Path output = Files.createTempFile("gatehouse-psql", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(output.toFile());
            Map<String, String> environment = builder.environment();
            environment.put("PGHOST", server.host());
            environment.put("PGPORT", Integer.toString(server.port()));
            environment.put("PGUSER", server.user());
            environment.put("PGPASSWORD", server.password());
            environment.put("PGDATABASE", server.name());
            environment.put("PGSSLMODE", "disable");
            environment.put("PGTZ", "UTC");
            environment.put("PAGER", "cat");
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("psql does not end");
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
