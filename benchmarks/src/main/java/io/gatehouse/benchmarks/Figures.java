package io.gatehouse.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What is reported of one target in one workload. Everything unknown is NaN.
 *
 * @param target its name
 * @param error why there are no figures
 * @param rounds how many rounds were counted
 * @param throughput operations per second, and how many times that of direct
 * @param p50 in microseconds, and how many times that of direct
 * @param p99 likewise
 * @param proxyCpu milliseconds of the proxy for 1,000 operations
 * @param clientCpu milliseconds of the client for 1,000 operations
 * @param peakBytes the proxy's most resident memory
 */
record Figures(
        String target,
        Optional<String> error,
        int rounds,
        Measure throughput,
        Measure p50,
        Measure p99,
        double proxyCpu,
        double clientCpu,
        double peakBytes) {
    /** A value and its ratio to direct. */
    record Measure(double value, double ratio) {}

    static List<Figures> of(Race.Result result) {
        List<Lap> direct =
                result.lanes().stream()
                        .filter(lane -> lane.target().name().equals(Target.DIRECT) && lane.runs())
                        .findFirst()
                        .map(Lane::laps)
                        .orElse(List.of());
        return result.lanes().stream().map(lane -> of(lane, direct)).toList();
    }

    private static Figures of(Lane lane, List<Lap> direct) {
        // A target that failed has no figures, not even those of the rounds before.
        List<Lap> laps = lane.runs() ? lane.laps() : List.of();
        boolean proxied = lane.target().proxy().isPresent();
        return new Figures(
                lane.target().name(),
                lane.error(),
                laps.size(),
                new Measure(
                        Ratios.median(laps, Tally::perSecond),
                        Ratios.median(laps, direct, Tally::perSecond)),
                latency(laps, direct, 50),
                latency(laps, direct, 99),
                proxied ? Ratios.cpuPerThousand(laps, Lap::proxyCpu) : Double.NaN,
                Ratios.cpuPerThousand(laps, Lap::clientCpu),
                lane.peak().isPresent() ? lane.peak().getAsLong() : Double.NaN);
    }

    private static Measure latency(List<Lap> laps, List<Lap> direct, double percent) {
        return new Measure(
                Ratios.median(laps, t -> t.percentile(percent)),
                Ratios.median(laps, direct, t -> t.percentile(percent)));
    }
}
