package io.gatehouse.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that this program started, and stops. */
final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LAST_LINES = 30;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The path of a program, where it is installed. */
    static Optional<Path> installed(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of((path + ":/usr/sbin").split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts the command; what it prints goes to the log. */
    static ChildProcess start(List<String> command, Path log) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new ChildProcess(process, log);
    }

    /** Runs a command to its end, with this on its standard input, and gives what it printed. */
    static String answer(List<String> command, String input, Duration patience)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("gatehouse-bench", ".err");
        Path output = Files.createTempFile("gatehouse-bench", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(errors.toFile())
                            .redirectOutput(output.toFile())
                            .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // A command that does not read its input may be gone already; its status decides.
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end in " + patience.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        String.format(
                                Locale.ROOT,
                                "%s ended with status %d: %s%s",
                                command,
                                process.exitValue(),
                                tail(errors),
                                tail(output)));
            }
            return Files.readString(output);
        } finally {
            Files.deleteIfExists(errors);
            Files.deleteIfExists(output);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until somebody accepts connections on the port of the loopback address. */
    void awaitPort(int port, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!accepts(port)) {
            if (!process.isAlive()) {
                throw new IOException(
                        "it ended with status " + process.exitValue() + ": " + tail(log));
            }
            if (System.nanoTime() > end) {
                throw new IOException(
                        "it does not listen after " + patience.toSeconds() + " s: " + tail(log));
            }
            Thread.sleep(5);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
