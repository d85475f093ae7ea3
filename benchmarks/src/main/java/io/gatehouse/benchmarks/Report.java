package io.gatehouse.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables for people: aligned, and Markdown. */
final class Report {
    private static final List<String> HEAD =
            List.of(
                    "target",
                    "per s",
                    "ratio",
                    "p50 µs",
                    "ratio",
                    "p99 µs",
                    "ratio",
                    "proxy CPU ms/1,000",
                    "client CPU ms/1,000",
                    "proxy peak MB",
                    "rounds");

    private Report() {}

    static String table(Race.Result result) {
        StringBuilder text = new StringBuilder();
        Workload workload = result.workload();
        text.append(
                String.format(
                        Locale.ROOT,
                        "\n### %s: %s (%s)\n\n",
                        workload.name(),
                        workload.title(),
                        workload.unit()));
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        List<String> below = new ArrayList<>();
        for (Figures figures : Figures.of(result)) {
            rows.add(row(figures));
            figures.error().ifPresent(e -> below.add(figures.target() + " FAILED: " + e));
        }
        text.append(Table.of(rows));
        below.forEach(line -> text.append('\n').append(line).append('\n'));
        return text.toString();
    }

    private static List<String> row(Figures figures) {
        return List.of(
                figures.target(),
                number(figures.throughput().value()),
                ratio(figures.throughput().ratio()),
                number(figures.p50().value()),
                ratio(figures.p50().ratio()),
                number(figures.p99().value()),
                ratio(figures.p99().ratio()),
                number(figures.proxyCpu()),
                number(figures.clientCpu()),
                number(figures.peakBytes() / (1024 * 1024)),
                figures.error().isPresent() ? "failed" : Integer.toString(figures.rounds()));
    }

    static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 1 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
