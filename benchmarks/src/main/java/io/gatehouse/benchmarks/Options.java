package io.gatehouse.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line.
 *
 * @param quick whether to stay under three minutes
 * @param workloads names or beginnings of names; empty for all
 * @param targets the built-in targets to measure
 * @param extra more targets: name to JDBC URL
 * @param brokers more Gatehouses, through its driver: name to program
 * @param postgresPort 0 for a free one
 * @param json where the figures are written too
 */
record Options(
        boolean quick,
        Set<String> workloads,
        Set<String> targets,
        Map<String, String> extra,
        Map<String, String> brokers,
        int postgresPort,
        Optional<Path> json) {
    static final Set<String> BUILT_IN =
            new LinkedHashSet<>(
                    List.of(
                            Target.DIRECT,
                            Target.GATEHOUSE,
                            Target.GATEHOUSE_PSQL,
                            Target.PGBOUNCER,
                            Target.HAPROXY,
                            Target.AVATICA));

    /** Those that a comparison needs; the others are for whoever names them. */
    static final Set<String> DEFAULT =
            new LinkedHashSet<>(
                    List.of(
                            Target.DIRECT,
                            Target.GATEHOUSE,
                            Target.GATEHOUSE_PSQL,
                            Target.PGBOUNCER));

    static final String USAGE =
            """
            benchmarks/run [options]
              --quick                 shorter and fewer rounds: ends within three minutes
              --only NAME[,NAME]      only these workloads (point, point-1, point-16, point-64,
                                      open-500, transaction, stream, insert, connect, open-1000,
                                      idle-1000, ready) or targets
              --targets NAME[,NAME]   of direct, gatehouse, gatehouse-psql, pgbouncer (these by
                                      default), haproxy, avatica
              --target NAME=JDBC_URL  one more target; may be repeated
              --broker NAME=PROGRAM   one more Gatehouse, started by this program instead of
                                      bin/gatehouse: another checkout's; may be repeated
              --pg-port PORT          PostgreSQL's port, for a proxy that is started beforehand
              --pin-one-core          client, proxies and PostgreSQL share one core
              --json FILE             write the figures as JSON too
            """;

    /**
     * Reads the arguments.
     *
     * @param known every workload's name
     * @throws IllegalArgumentException saying what is wrong
     */
    static Options parse(List<String> arguments, List<String> known) {
        boolean quick = false;
        int port = 0;
        Optional<Path> json = Optional.empty();
        Set<String> workloads = new LinkedHashSet<>();
        Set<String> targets = new LinkedHashSet<>();
        Map<String, String> extra = new LinkedHashMap<>();
        Map<String, String> brokers = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>(BUILT_IN);
        Iterator<String> left = arguments.iterator();
        while (left.hasNext()) {
            String option = left.next();
            switch (option) {
                case "--quick" -> quick = true;
                case "--only" -> {
                    for (String name : names(option, left)) {
                        if (BUILT_IN.contains(name)) {
                            targets.add(name);
                        } else {
                            workloads.add(workload(name, known));
                        }
                    }
                }
                case "--targets" -> {
                    for (String name : names(option, left)) {
                        targets.add(target(name));
                    }
                }
                case "--target" -> add(extra, taken, "--target NAME=jdbc:", value(option, left));
                case "--broker" -> add(brokers, taken, "--broker NAME=", value(option, left));
                case "--pg-port" -> port = Integer.parseInt(value(option, left));
                case "--json" -> json = Optional.of(Path.of(value(option, left)));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        Set<String> chosen = targets.isEmpty() ? DEFAULT : targets;
        return new Options(quick, workloads, chosen, extra, brokers, port, json);
    }

    private static String value(String option, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.next();
    }

    private static List<String> names(String option, Iterator<String> left) {
        List<String> names = new ArrayList<>();
        for (String name : value(option, left).split(",", -1)) {
            names.add(name.strip());
        }
        return names;
    }

    private static String workload(String name, List<String> known) {
        if (known.stream().noneMatch(w -> matches(w, name))) {
            throw new IllegalArgumentException(
                    "unknown workload or target " + name + "; workloads are " + known);
        }
        return name;
    }

    private static boolean matches(String workload, String name) {
        return workload.equals(name) || workload.startsWith(name + "-");
    }

    private static String target(String name) {
        if (!BUILT_IN.contains(name)) {
            throw new IllegalArgumentException(
                    "unknown target " + name + "; targets are " + BUILT_IN + " (more: --target)");
        }
        return name;
    }

    /** Takes NAME=VALUE, with a value that begins as in the usage and a name that is not taken. */
    private static void add(
            Map<String, String> to, Set<String> taken, String usage, String definition) {
        String beginning = usage.substring(usage.indexOf('=') + 1);
        int equals = definition.indexOf('=');
        if (equals < 1 || !definition.startsWith(beginning, equals + 1)) {
            throw new IllegalArgumentException("it is " + usage + "..., not " + definition);
        }
        String name = definition.substring(0, equals);
        if (!taken.add(name)) {
            throw new IllegalArgumentException("there are two targets named " + name);
        }
        to.put(name, definition.substring(equals + 1));
    }

    /** Whether to measure the workload of this name. */
    boolean wants(String workload) {
        return workloads.isEmpty() || workloads.stream().anyMatch(n -> matches(workload, n));
    }
}
