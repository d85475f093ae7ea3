package io.gatehouse.server.testing;

import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.secret.MasterKey;
import io.gatehouse.server.secret.MasterKeyFile;
import io.gatehouse.server.secret.SecretException;
import io.gatehouse.server.testing.TestBroker.Database;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A broker in a process of its own, with options for its JVM that this one has not. */
public final class ForkedBroker implements AutoCloseable {
    public static final String USER = "tester";
    public static final String PASSWORD = "let me in, please";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path dir;
    private final int port;
    private final MasterKey key;
    private @Nullable Process process;

    /**
     * A broker that lets everything pass that is understood.
     *
     * @param dir an empty folder
     */
    public ForkedBroker(Path dir) throws IOException {
        this.dir = dir;
        this.port = SteadyPort.free();
        write(
                "gatehouse.yaml",
                """
                listen: {address: 127.0.0.1, port: %s}
                admin: {port: 0}
                master-key: {file: master.key}
                audit: {to: file, file: audit.jsonl}
                drain: 1s
                """
                        .formatted(port));
        write(
                "users.yaml",
                "- name: %s\n  verifier: '%s'\n"
                        .formatted(USER, ScramVerifier.of(PASSWORD.toCharArray()).text()));
        write("policies/default.yaml", "policy: 1\ndefault: allow\n");
        try {
            this.key = MasterKeyFile.create(dir.resolve("master.key"));
        } catch (SecretException e) {
            throw new IOException(e);
        }
    }

    /** Adds a logical connection; before the start. */
    public ForkedBroker serve(String name, Database database) throws IOException {
        StringBuilder yaml = new StringBuilder("kind: ").append(database.kind()).append('\n');
        if (!database.host().isEmpty()) {
            yaml.append("host: ").append(database.host()).append('\n');
            yaml.append("port: ").append(database.port()).append('\n');
        }
        yaml.append("database: '").append(database.name()).append("'\n");
        if (!database.user().isEmpty()) {
            yaml.append("user: ").append(database.user()).append('\n');
            yaml.append("password: {sealed: '")
                    .append(key.seal(name, database.password().toCharArray()))
                    .append("'}\n");
        }
        yaml.append("pool: {size: 2}\ngrants: {users: [").append(USER).append("]}\n");
        write("connections/" + name + ".yaml", yaml.toString());
        return this;
    }

    private void write(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The java command that runs this. */
    public static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** Starts it, and returns when it listens. */
    public ForkedBroker start(String... options) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(java());
        words.addAll(List.of(options));
        words.addAll(
                List.of(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.gatehouse.server.boot.Main",
                        "serve",
                        "--conf",
                        dir.toString()));
        Process started =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("broker.log").toFile())
                        .start();
        process = started;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                throw new IOException("the broker does not start: " + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return this;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public int port() {
        return port;
    }

    /** What it wrote. */
    public String log() throws IOException {
        return Files.readString(dir.resolve("broker.log"));
    }

    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the broker does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
