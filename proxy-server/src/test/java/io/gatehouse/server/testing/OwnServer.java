package io.gatehouse.server.testing;

import io.gatehouse.server.testing.TestBroker.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A database server that a test may kill, pause, stop and start again. */
public final class OwnServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final List<String> command;
    private final String stopSignal;
    private ProcessHandle process;

    private OwnServer(
            Database database, ProcessHandle process, List<String> prefix, String stopSignal) {
        this.database = database;
        this.process = process;
        this.stopSignal = stopSignal;
        this.command = new ArrayList<>(prefix);
        command.add(process.info().command().orElseThrow());
        command.addAll(List.of(process.info().arguments().orElseThrow()));
    }

    public static OwnServer postgres() throws IOException {
        Path data = Files.createTempDirectory("gatehouse-postgres");
        EmbeddedPostgres started =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setServerConfig("fsync", "off")
                        .start();
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        Database database =
                new Database(
                        "postgresql",
                        "127.0.0.1",
                        started.getPort(),
                        "postgres",
                        "postgres",
                        "postgres");
        // PostgreSQL refuses to run as root; in a user namespace nobody is.
        List<String> prefix = isRoot() ? List.of("unshare", "-U") : List.of();
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        return new OwnServer(database, process, prefix, "INT");
    }

    public static OwnServer mariadb() {
        Databases.Server server = Databases.ownMariadb();
        ProcessHandle process =
                ProcessHandle.current()
                        .descendants()
                        .filter(each -> isListeningAt(server.port(), each))
                        .findFirst()
                        .orElseThrow();
        return new OwnServer(Database.of("mariadb", server), process, List.of(), "TERM");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static boolean isListeningAt(int port, ProcessHandle process) {
        return Stream.of(process.info().arguments().orElse(new String[0]))
                .anyMatch(("--port=" + port)::equals);
    }

    public Database database() {
        return database;
    }

    /** Where it listens. */
    public Databases.Server server() {
        return new Databases.Server(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                database.password());
    }

    /** Kills it, as a machine does that runs out of memory, and waits until nothing is left. */
    public void kill() {
        List<ProcessHandle> all = all();
        signal("KILL", List.of(process));
        gone(all);
    }

    /** Stops it in good order. */
    public void stop() {
        List<ProcessHandle> all = all();
        signal(stopSignal, List.of(process));
        gone(all);
    }

    /** Nothing of it runs until {@link #resume}. */
    public void pause() {
        signal("STOP", all());
    }

    public void resume() {
        signal("CONT", all());
    }

    /** Starts it again where it is not running, and waits until it serves. */
    public void start() {
        if (!isRunning(process)) {
            try {
                process =
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .toHandle();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        until("the server serves", this::serves);
    }

    /** Kills one of its connections other than the caller's, without a word to its client. */
    public void killConnections() throws SQLException {
        if (!database.kind().equals("postgresql")) {
            perform(
                    "KILL CONNECTION ",
                    "SELECT id FROM information_schema.processlist WHERE id <>"
                            + " connection_id() AND user = '"
                            + database.user()
                            + "'");
            return;
        }
        for (String pid :
                ask(
                        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                                + " AND pid <> pg_backend_pid()")) {
            List<ProcessHandle> one = ProcessHandle.of(Long.parseLong(pid)).stream().toList();
            signal("KILL", one);
            gone(one);
        }
    }

    private void perform(String verb, String of) throws SQLException {
        for (String each : ask(of)) {
            try (Connection c = database.direct();
                    Statement s = c.createStatement()) {
                s.execute(verb + each);
            }
        }
    }

    private List<String> ask(String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Connection c = database.direct();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }

    private boolean serves() {
        try (Connection c = database.direct()) {
            return c.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /** A process that ended but that nobody has asked for its status runs no more. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static void gone(List<ProcessHandle> all) {
        until("the server has ended", () -> all.stream().noneMatch(OwnServer::isRunning));
    }

    private static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("in vain: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void signal(String name, List<ProcessHandle> to) {
        List<String> words = new ArrayList<>(List.of("kill", "-" + name));
        to.forEach(each -> words.add(Long.toString(each.pid())));
        try {
            new ProcessBuilder(words).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (isRunning(process)) {
            resume();
            kill();
        }
    }
}
