package io.gatehouse.server.boot.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A configuration directory for the demo, gone again when it is closed. */
public final class DemoConfiguration implements AutoCloseable {
    private final Path dir;

    private DemoConfiguration(Path dir) {
        this.dir = dir;
    }

    /**
     * Writes the directory.
     *
     * @param port for clients
     * @param adminPort for the admin port
     * @param verifier of the password of user demo
     * @param policy the default policy's file
     */
    public static DemoConfiguration write(int port, int adminPort, String verifier, Path policy)
            throws IOException {
        Path dir = Files.createTempDirectory("gatehouse-demo-");
        DemoConfiguration written = new DemoConfiguration(dir);
        try {
            Files.createDirectories(dir.resolve("connections"));
            Files.createDirectories(dir.resolve("policies"));
            Files.copy(policy, dir.resolve("policies/default.yaml"));
            text(
                    dir.resolve("gatehouse.yaml"),
                    String.join(
                            "\n",
                            "listen: {address: 127.0.0.1, port: " + port + "}",
                            "admin: {address: 127.0.0.1, port: " + adminPort + "}",
                            "audit: {to: file, file: audit.jsonl}",
                            "drain: 2s",
                            ""));
            text(
                    dir.resolve("users.yaml"),
                    """
                    - name: demo
                      verifier: '%s'
                      groups: [shoppers]
                    """
                            .formatted(verifier));
            text(dir.resolve("connections/shop.yaml"), shop());
            return written;
        } catch (IOException e) {
            written.close();
            throw e;
        }
    }

    /** Where it was written. */
    public Path dir() {
        return dir;
    }

    private static String shop() {
        StringBuilder properties = new StringBuilder();
        ShopDatabase.PROPERTIES.forEach((name, value) ->
                properties.append("  ").append(name).append(": '").append(value).append("'\n"));
        return """
        kind: h2
        database: '%s'
        user: %s
        password: {none: true}
        pool: {size: 5}
        grants: {users: [demo]}
        properties:
        """
                        .formatted(ShopDatabase.DATABASE, ShopDatabase.USER)
                + properties;
    }

    private static void text(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(dir)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
