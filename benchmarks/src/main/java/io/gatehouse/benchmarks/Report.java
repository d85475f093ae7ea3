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
            if (workload instanceof ManyOpen && !Double.isNaN(figures.clientBytes())) {
                below.add(
                        String.format(
                                Locale.ROOT,
                                "%s: the proxy's resident memory grew by %s KB for each client"
                                        + " opened",
                                figures.target(),
                                number(figures.clientBytes() / 1024)));
            }
        }
        append(rows, text);
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

    private static void append(List<List<String>> rows, StringBuilder text) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            line(rows.get(r), widths, text);
            if (r == 0) {
                for (int i = 0; i < widths.length; i++) {
                    String dashes = "-".repeat(widths[i] + 1);
                    text.append('|').append(i == 0 ? dashes + "-" : dashes + ":");
                }
                text.append("|\n");
            }
        }
    }

    private static void line(List<String> row, int[] widths, StringBuilder text) {
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - row.get(i).length());
            text.append("| ").append(i == 0 ? row.get(i) + space : space + row.get(i)).append(' ');
        }
        text.append("|\n");
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String format = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 1 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
