package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A configuration of Gatehouse that can be served, more than once.
 *
 * @param serve the command
 * @param port where it will listen
 * @param log what it prints
 */
record BrokerSetup(List<String> serve, int port, Path log) {
    /** The first command may have to build the broker. */
    private static final Duration BUILD = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern RATE = Pattern.compile("(rate: *\\{ *statements: *)\\d+");
    private static final int STATEMENTS_PER_SECOND = 1_000_000;

    /**
     * Configures the broker in this directory.
     *
     * @param command what stands before {@code serve}: {@code bin/gatehouse}
     * @param policy the policy file
     */
    static BrokerSetup make(
            List<String> command, Path policy, Postgres postgres, int poolSize, Path directory)
            throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        Path conf = directory.resolve("conf");
        Files.createDirectories(conf.resolve("connections"));
        Files.createDirectories(conf.resolve("policies"));
        Files.writeString(
                conf.resolve("policies").resolve("default.yaml"),
                unthrottled(Files.readString(policy)));
        Files.writeString(conf.resolve("gatehouse.yaml"), server(port));
        makeKey(conf.resolve("master.key"));
        String sealed =
                ChildProcess.answer(
                                with(
                                        command,
                                        "secret",
                                        "seal",
                                        "--connection",
                                        Postgres.DATABASE,
                                        "--conf",
                                        conf.toString()),
                                Postgres.PASSWORD + "\n",
                                BUILD)
                        .strip();
        Files.writeString(
                conf.resolve("connections").resolve(Postgres.DATABASE + ".yaml"),
                connection(postgres.port(), poolSize, sealed));
        ChildProcess.answer(
                with(command, "user", "add", Postgres.USER, "--conf", conf.toString()),
                Postgres.PASSWORD + "\n",
                PATIENCE);
        return new BrokerSetup(
                with(command, "serve", "--conf", conf.toString()),
                port,
                directory.resolve("gatehouse.log"));
    }

    /** A process that listens, and how long it took to: from the command to the first accept. */
    record Running(ChildProcess process, Duration ready) {}

    /** Starts it, and waits until it listens. */
    Running start(Started stop) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        ChildProcess process = ChildProcess.start(serve, log);
        stop.add(process);
        process.awaitPort(port, PATIENCE);
        return new Running(process, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** The same policy with its rate still counted, and out of reach. */
    static String unthrottled(String policy) {
        return RATE.matcher(policy).replaceAll("$1" + STATEMENTS_PER_SECOND);
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    private static void makeKey(Path file) throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
    }

    private static String server(int port) throws IOException {
        return String.format(
                Locale.ROOT,
                """
                listen:
                  address: 127.0.0.1
                  port: %d
                admin:
                  port: %d
                master-key:
                  file: master.key
                audit:
                  file: ../audit.jsonl
                """,
                port,
                ChildProcess.freePort());
    }

    private static String connection(int databasePort, int poolSize, String sealed) {
        return String.format(
                Locale.ROOT,
                """
                kind: postgresql
                host: 127.0.0.1
                port: %d
                database: %s
                user: %s
                password:
                  sealed: "%s"
                pool:
                  size: %d
                  waiting: 5000
                  wait: 10s
                grants:
                  users: [%s]
                """,
                databasePort,
                Postgres.DATABASE,
                Postgres.USER,
                sealed,
                poolSize,
                Postgres.USER);
    }
}
