package io.gatehouse.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The same figures for programs. */
final class Json {
    private Json() {}

    static String of(List<String> about, List<Race.Result> results) {
        return String.format(
                Locale.ROOT,
                "{\"about\": [%s],\n \"workloads\": [\n%s\n]}\n",
                about.stream().map(Json::text).collect(Collectors.joining(", ")),
                results.stream().map(Json::result).collect(Collectors.joining(",\n")));
    }

    private static String result(Race.Result result) {
        return String.format(
                Locale.ROOT,
                "  {\"name\": %s, \"title\": %s, \"unit\": %s, \"targets\": [\n%s]}",
                text(result.workload().name()),
                text(result.workload().title()),
                text(result.workload().unit()),
                Figures.of(result).stream().map(Json::figures).collect(Collectors.joining(",\n")));
    }

    private static String figures(Figures f) {
        return String.format(
                Locale.ROOT,
                "    {\"target\": %s, \"error\": %s, \"rounds\": %d, \"perSecond\": %s,"
                        + " \"p50Micros\": %s, \"p99Micros\": %s, \"proxyCpuMillisPer1000\": %s,"
                        + " \"clientCpuMillisPer1000\": %s, \"proxyPeakBytes\": %s}",
                text(f.target()),
                f.error().map(Json::text).orElse("null"),
                f.rounds(),
                measure(f.throughput()),
                measure(f.p50()),
                measure(f.p99()),
                number(f.proxyCpu()),
                number(f.clientCpu()),
                number(f.peakBytes()));
    }

    private static String measure(Figures.Measure measure) {
        return String.format(
                Locale.ROOT,
                "{\"value\": %s, \"ratio\": %s}",
                number(measure.value()),
                number(measure.ratio()));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
