package io.gatehouse.server.testing;

import io.gatehouse.server.testing.TestBroker.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A database server that a test may kill, pause, stop and start again. */
public final class OwnServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Database database;
    private final Path home;
    private final ProcessBuilder command;
    private final String stopSignal;
    private final Thread atExit = new Thread(this::end);
    private @Nullable Process process;
    private volatile boolean ended;

    private OwnServer(Database database, Path home, ProcessBuilder command, String stopSignal) {
        this.database = database;
        this.home = home;
        this.stopSignal = stopSignal;
        this.command = command.redirectErrorStream(true);
        command.redirectOutput(home.resolve("output").toFile());
        Runtime.getRuntime().addShutdownHook(atExit);
        start();
    }

    public static OwnServer postgres() throws IOException {
        Path home = Files.createTempDirectory("gatehouse-postgres");
        Path data = home.resolve("data");
        int port = SteadyPort.free();
        // Only for its files: what it starts is not a child of ours, for whose end we can wait.
        EmbeddedPostgres files =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setServerConfig("fsync", "off")
                        // What it was told as committed must outlive a kill.
                        .setServerConfig("synchronous_commit", "on")
                        .start();
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        ProcessHandle first = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace nobody is.
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(first.info().command().orElseThrow());
        words.addAll(List.of(first.info().arguments().orElseThrow()));
        files.close();
        Database database =
                new Database("postgresql", "127.0.0.1", port, "postgres", "postgres", "postgres");
        return new OwnServer(database, home, new ProcessBuilder(words), "INT");
    }

    /**
     * A hot standby of this PostgreSQL server, which streams to it whatever happens here. It is
     * copied while this one is stopped, with nobody connected.
     */
    public OwnServer standby() throws IOException {
        Path from = home.resolve("data");
        Path copyHome = Files.createTempDirectory("gatehouse-standby");
        Path to = copyHome.resolve("data");
        int port = SteadyPort.free();
        stop();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(
                        each,
                        to.resolve(from.relativize(each).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        start();
        Files.createFile(to.resolve("standby.signal"));
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host="
                        + database.host()
                        + " port="
                        + database.port()
                        + " user="
                        + database.user()
                        + "'\n",
                StandardOpenOption.APPEND);
        List<String> words = new ArrayList<>(command.command());
        words.replaceAll(word ->
                word.equals(from.toString())
                        ? to.toString()
                        : word.equals(Integer.toString(database.port()))
                                ? Integer.toString(port)
                                : word);
        Database copy =
                new Database(
                        database.kind(),
                        database.host(),
                        port,
                        database.name(),
                        database.user(),
                        database.password());
        return new OwnServer(copy, copyHome, new ProcessBuilder(words), stopSignal);
    }

    public static OwnServer mariadb() throws IOException {
        Path home = Files.createTempDirectory("gatehouse-mariadb");
        int port = SteadyPort.free();
        ProcessBuilder command = Databases.ownMariadb(home, port);
        return new OwnServer(
                Database.of("mariadb", Databases.mariadbAt(port)), home, command, "TERM");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
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
        end("KILL");
    }

    /** Stops it in good order. */
    public void stop() {
        end(stopSignal);
    }

    private void end(String signal) {
        if (process != null) {
            List<ProcessHandle> all = all(process);
            signal(signal, List.of(process.toHandle()));
            gone(all);
        }
    }

    /** Nothing of it runs until {@link #resume}. */
    public void pause() {
        if (process != null) {
            signal("STOP", all(process));
        }
    }

    public void resume() {
        if (process != null) {
            signal("CONT", all(process));
        }
    }

    /** Starts it again where it is not running, and waits until it serves. */
    public void start() {
        until(
                "the server serves",
                () -> {
                    if (!ended && (process == null || !process.isAlive())) {
                        try {
                            process = command.start();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                    return serves();
                });
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
            until("the connection has ended", () -> one.stream().noneMatch(OwnServer::isRunning));
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

    private static List<ProcessHandle> all(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    /** A process that ended but that nobody has asked for its status runs no more. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /**
     * The server itself is a child of ours, which the system reports as ended when the last of its
     * threads has, and with it every lock on its files.
     */
    private void gone(List<ProcessHandle> all) {
        until(
                "the server has ended",
                () ->
                        (process == null || !process.isAlive())
                                && all.stream().skip(1).noneMatch(OwnServer::isRunning));
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

    private void end() {
        ended = true;
        resume();
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
