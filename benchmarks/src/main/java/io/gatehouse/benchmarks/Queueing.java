package io.gatehouse.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a crowd costs beside a small one. In a closed loop without think time the mean latency is
 * the number of clients by the throughput, whatever the target does: that much is explained by
 * queueing alone.
 */
final class Queueing {
    private static final String BASE = "point-64";
    private static final List<String> HEAD =
            List.of(
                    "target",
                    "per s, 64 clients",
                    "per s, crowd",
                    "ratio",
                    "queueing alone µs",
                    "p99 µs",
                    "p99 / queueing");

    private Queueing() {}

    /** Microseconds that each of so many clients waits on average. */
    static double micros(int clients, double perSecond) {
        return clients * 1e6 / perSecond;
    }

    /** The table, where the crowd was measured. */
    static Optional<String> table(List<Race.Result> results, int clients) {
        return find(results, Crowded.NAME)
                .map(crowd -> {
                    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
                    Map<String, Double> base = throughput(find(results, BASE));
                    for (Figures figures : Figures.of(crowd)) {
                        double few = base.getOrDefault(figures.target(), Double.NaN);
                        rows.add(row(figures, few, clients));
                    }
                    return "\n" + clients + " busy clients beside 64\n\n" + Table.of(rows);
                });
    }

    private static List<String> row(Figures crowd, double few, int clients) {
        double perSecond = crowd.throughput().value();
        double explained = micros(clients, perSecond);
        return List.of(
                crowd.target(),
                Report.number(few),
                Report.number(perSecond),
                Report.ratio(perSecond / few),
                Report.number(explained),
                Report.number(crowd.p99().value()),
                Report.ratio(crowd.p99().value() / explained));
    }

    private static Map<String, Double> throughput(Optional<Race.Result> result) {
        return result.map(Figures::of).orElse(List.of()).stream()
                .collect(Collectors.toMap(Figures::target, f -> f.throughput().value()));
    }

    private static Optional<Race.Result> find(List<Race.Result> results, String name) {
        return results.stream().filter(r -> r.workload().name().equals(name)).findFirst();
    }
}
