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
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The command {@code benchmarks/run}. Ends with status 0 only if every target was measured. */
public final class Main {
    private static final int POOL_SIZE = 20;
    private static final int SPARE_CONNECTIONS = 200;

    private final Options options;
    private final Sizes sizes;
    private final Started started;
    private final List<Target> targets = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

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
        List<String> known = Workloads.names();
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
        Postgres postgres =
                Postgres.start(options.postgresPort(), sizes.openClients() + SPARE_CONNECTIONS);
        started.add(postgres);
        say(String.format(Locale.ROOT, "loading %,d rows ...", sizes.wideRows()));
        Connection administrator = postgres.administrator();
        Dataset.load(administrator, sizes);
        start(postgres, directory);
        List<Workload> workloads =
                Workloads.all(sizes, administrator).stream().filter(options::wants).toList();
        List<Race.Result> results =
                new Race(sizes, targets, administrator, Main::say).run(workloads);
        List<String> about = new ArrayList<>(Machine.describe(sizes, postgres, targets));
        about.addAll(missing);
        System.out.println();
        about.forEach(line -> System.out.println("- " + line));
        results.forEach(result -> System.out.print(Report.table(result)));
        if (options.json().isPresent()) {
            Files.writeString(options.json().get(), Json.of(about, results));
        }
        return results.stream().allMatch(Race.Result::complete)
                && missing.stream().noneMatch(line -> line.contains("FAILED"));
    }

    private void start(Postgres postgres, Path directory) throws Exception {
        if (options.targets().contains(Target.DIRECT)) {
            targets.add(postgres.direct());
        }
        boolean driver = options.targets().contains(Target.GATEHOUSE);
        boolean psql = options.targets().contains(Target.GATEHOUSE_PSQL);
        if (driver || psql) {
            say("starting Gatehouse ...");
            try {
                Path root = Path.of(System.getProperty("gatehouse.root", ""));
                Broker broker =
                        Broker.start(
                                List.of(root.resolve("bin/gatehouse").toString()),
                                root.resolve("conf/policies/default.yaml"),
                                postgres,
                                POOL_SIZE,
                                Files.createDirectory(directory.resolve("gatehouse")),
                                started);
                if (driver) {
                    targets.add(broker.driver());
                }
                if (psql) {
                    targets.add(broker.psql());
                }
            } catch (IOException e) {
                missing.add("target gatehouse FAILED to start: " + e.getMessage());
            }
        }
        if (options.targets().contains(Target.PGBOUNCER)) {
            startPgBouncer(postgres, directory);
        }
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

    private void startPgBouncer(Postgres postgres, Path directory) throws Exception {
        Path program = PgBouncer.installed().orElse(null);
        if (program == null) {
            missing.add("target pgbouncer: not measured, because pgbouncer is not installed");
            return;
        }
        try {
            Path own = Files.createDirectory(directory.resolve("pgbouncer"));
            targets.add(PgBouncer.start(program, postgres, POOL_SIZE, own, started));
        } catch (IOException e) {
            missing.add("target pgbouncer FAILED to start: " + e.getMessage());
        }
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
