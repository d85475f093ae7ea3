package io.gatehouse.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The command {@code benchmarks/run}. Ends with status 0 only if every target was measured. */
public final class Main {
    private static final int POOL_SIZE = 20;
    private static final int SPARE_CONNECTIONS = 200;
    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", ""));
    private static final int STARTS = 7;

    /** These have a connection to the database for each of their clients. */
    private static final Set<String> ONE_TO_ONE =
            Set.of(Target.DIRECT, Target.HAPROXY, Target.AVATICA);

    private final Options options;
    private final Sizes sizes;
    private final Started started;
    private final List<Target> targets = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> beside = new ArrayList<>();

    private Main(Options options, Started started) {
        this.options = options;
        this.sizes = options.quick() ? Sizes.quick() : Sizes.full();
        this.started = started;
    }

    /** Runs what the arguments say. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(Options.USAGE);
            return;
        }
        List<String> known = new ArrayList<>(Workloads.names());
        known.addAll(List.of(IdleClients.NAME, ReadyTimes.NAME));
        Options options;
        try {
            options = Options.parse(given, known);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        Started started = new Started();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        int status = 1;
        try {
            status = new Main(options, started).run() ? 0 : 1;
        } catch (Exception e) {
            // Told to stop, what it was doing fails for no other reason.
            if (!started.isStopped()) {
                System.err.println("The benchmark could not run: " + e);
                e.printStackTrace();
            }
        }
        System.exit(status);
    }

    private boolean run() throws Exception {
        Path directory = Files.createTempDirectory("gatehouse-benchmark");
        // PgBouncer, which does not run as root, must reach its own directory in this one.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        started.add(() -> delete(directory));
        say("starting PostgreSQL ...");
        Postgres postgres = Postgres.start(options.postgresPort(), databaseConnections());
        started.add(postgres);
        say(String.format(Locale.ROOT, "loading %,d rows ...", sizes.wideRows()));
        Connection administrator = postgres.administrator();
        Dataset.load(administrator, sizes);
        start(postgres, directory);
        if (options.wants(IdleClients.NAME)) {
            beside.add(new IdleClients(sizes, Main::say).report(targets));
        }
        List<Workload> workloads =
                Workloads.all(sizes, administrator).stream()
                        .filter(workload -> options.wants(workload.name()))
                        .toList();
        List<Race.Result> results =
                new Race(sizes, targets, administrator, Main::say).run(workloads);
        List<String> about = new ArrayList<>(Machine.describe(sizes, postgres, targets));
        about.addAll(missing);
        System.out.println();
        about.forEach(line -> System.out.println("- " + line));
        results.forEach(result -> System.out.print(Report.table(result)));
        Queueing.table(results, sizes.busyClients()).ifPresent(beside::addFirst);
        beside.forEach(System.out::print);
        if (options.json().isPresent()) {
            Files.writeString(options.json().get(), Json.of(about, results));
        }
        return results.stream().allMatch(Race.Result::complete)
                && missing.stream().noneMatch(line -> line.contains("FAILED"))
                && beside.stream().noneMatch(text -> text.contains("FAILED"));
    }

    private void start(Postgres postgres, Path directory) throws Exception {
        if (options.targets().contains(Target.DIRECT)) {
            targets.add(postgres.direct());
        }
        startGatehouse(postgres, directory);
        startMoreBrokers(postgres, directory);
        Optional<Path> pgbouncer = installed(Target.PGBOUNCER);
        if (pgbouncer.isPresent()) {
            add(
                    Target.PGBOUNCER,
                    directory,
                    own -> PgBouncer.start(pgbouncer.get(), postgres, POOL_SIZE, own, started));
        }
        Optional<Path> haproxy = installed(Target.HAPROXY);
        if (haproxy.isPresent()) {
            add(
                    Target.HAPROXY,
                    directory,
                    own -> HaProxy.start(haproxy.get(), postgres, own, started));
        }
        startAvatica(postgres, directory);
        options.extra()
                .forEach((name, url) ->
                        targets.add(
                                new Target(
                                        name,
                                        url,
                                        Map.of(
                                                "user", Postgres.USER,
                                                "password", Postgres.PASSWORD),
                                        OptionalLong.empty(),
                                        false,
                                        "as given on the command line")));
    }

    private void startGatehouse(Postgres postgres, Path directory) throws Exception {
        boolean driver = options.targets().contains(Target.GATEHOUSE);
        boolean psql = options.targets().contains(Target.GATEHOUSE_PSQL);
        if (!driver && !psql) {
            return;
        }
        say("starting Gatehouse ...");
        try {
            BrokerSetup setup =
                    setUp(
                            ROOT.resolve("bin/gatehouse").toString(),
                            postgres,
                            directory.resolve(Target.GATEHOUSE));
            if (options.wants(ReadyTimes.NAME)) {
                beside.add(ReadyTimes.measure(setup, STARTS).report());
            }
            Broker broker = Broker.start(setup, POOL_SIZE, started);
            if (driver) {
                targets.add(broker.driver(Target.GATEHOUSE));
            }
            if (psql) {
                targets.add(broker.psql());
            }
        } catch (IOException e) {
            missing.add("target gatehouse FAILED to start: " + e.getMessage());
        }
    }

    private static BrokerSetup setUp(String program, Postgres postgres, Path own)
            throws IOException, InterruptedException {
        return BrokerSetup.make(
                List.of(program),
                ROOT.resolve("conf/policies/default.yaml"),
                postgres,
                POOL_SIZE,
                Files.createDirectory(own));
    }

    private void startMoreBrokers(Postgres postgres, Path directory) throws Exception {
        for (Map.Entry<String, String> more : options.brokers().entrySet()) {
            say("starting " + more.getKey() + " ...");
            try {
                BrokerSetup setup =
                        setUp(more.getValue(), postgres, directory.resolve(more.getKey()));
                targets.add(Broker.start(setup, POOL_SIZE, started).driver(more.getKey()));
            } catch (IOException e) {
                missing.add("target " + more.getKey() + " FAILED to start: " + e.getMessage());
            }
        }
    }

    private void startAvatica(Postgres postgres, Path directory) throws Exception {
        if (!options.targets().contains(Target.AVATICA)) {
            return;
        }
        Path home = ROOT.resolve("benchmarks");
        Path libraries = home.resolve("target/avatica");
        if (!Avatica.fetched(libraries)) {
            missing.add("target avatica: not measured, because its libraries were not fetched");
            return;
        }
        add(
                Target.AVATICA,
                directory,
                own -> Avatica.start(home.resolve("avatica"), libraries, postgres, own, started));
    }

    /** The program of a target that is wanted; where there is none, the report says so. */
    private Optional<Path> installed(String target) {
        if (!options.targets().contains(target)) {
            return Optional.empty();
        }
        Optional<Path> program = ChildProcess.installed(target);
        if (program.isEmpty()) {
            missing.add(
                    "target " + target + ": not measured, because " + target + " is not installed");
        }
        return program;
    }

    private interface Starter {
        Target start(Path own) throws Exception;
    }

    private void add(String name, Path directory, Starter starter) throws Exception {
        try {
            targets.add(starter.start(Files.createDirectory(directory.resolve(name))));
        } catch (IOException e) {
            missing.add("target " + name + " FAILED to start: " + e.getMessage());
        }
    }

    private int databaseConnections() {
        long crowds = options.targets().stream().filter(ONE_TO_ONE::contains).count();
        int all = Math.toIntExact(Math.max(1, crowds + options.extra().size()));
        return all * sizes.openClients() + SPARE_CONNECTIONS;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Progress goes where it does not mix with the figures. */
    private static void say(String line) {
        System.err.println(line);
    }
}
