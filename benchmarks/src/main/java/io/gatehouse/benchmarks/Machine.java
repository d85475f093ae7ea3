package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Where and how it was measured, in lines. */
final class Machine {
    private Machine() {}

    static List<String> describe(Sizes sizes, Postgres postgres, List<Target> targets)
            throws SQLException {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "machine: %s, %d cores, %s memory, %s %s",
                        found("/proc/cpuinfo", "model name", UnaryOperator.identity()),
                        Runtime.getRuntime().availableProcessors(),
                        found("/proc/meminfo", "MemTotal", Machine::gigabytes),
                        System.getProperty("os.name"),
                        System.getProperty("os.version")));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "versions: Gatehouse %s, Java %s, PostgreSQL %s, PostgreSQL JDBC driver %s",
                        System.getProperty("gatehouse.revision", "(not known)"),
                        Runtime.version(),
                        postgres.version(),
                        postgres.administrator().getMetaData().getDriverVersion()));
        lines.add(
                String.format(
                                Locale.ROOT,
                                "method: all on loopback%s, no TLS; PostgreSQL with fsync and"
                                        + " autovacuum off;",
                                Boolean.getBoolean("gatehouse.pinned")
                                        ? ", everything pinned to one core"
                                        : "")
                        + " closed loop without think time, one thread for each client;"
                        + String.format(
                                Locale.ROOT,
                                " targets take turns in rounds of %s after a warm-up of %s;",
                                Race.seconds(sizes.round()),
                                Race.seconds(sizes.warmUp()))
                        + " figures are medians of the rounds, ratios are medians of the rounds'"
                        + " ratios to direct; every answer is checked");
        for (Target target : targets) {
            lines.add("target " + target.name() + ": " + target.note());
        }
        return lines;
    }

    private static String found(String file, String key, UnaryOperator<String> read) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> read.apply(line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }

    private static String gigabytes(String kilobytes) {
        long kib = Long.parseLong(kilobytes.replaceAll("\\D", ""));
        return Math.round(kib / (1024.0 * 1024.0)) + " GB";
    }
}
