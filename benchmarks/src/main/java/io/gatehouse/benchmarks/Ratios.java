package io.gatehouse.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Figures of one lane's laps, alone and beside another's. Everything unknown is NaN. */
final class Ratios {
    private Ratios() {}

    /** The middle of the laps' values. */
    static double median(List<Lap> laps, ToDoubleFunction<Tally> value) {
        return median(laps.stream().mapToDouble(l -> value.applyAsDouble(l.tally())).toArray());
    }

    /** The middle of the ratios of laps that were driven in the same round. */
    static double median(List<Lap> laps, List<Lap> base, ToDoubleFunction<Tally> value) {
        double[] ratios = new double[Math.min(laps.size(), base.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    value.applyAsDouble(laps.get(i).tally())
                            / value.applyAsDouble(base.get(i).tally());
        }
        return median(ratios);
    }

    /** Milliseconds of processor time for 1,000 operations, over all laps. */
    static double cpuPerThousand(List<Lap> laps, Function<Lap, Duration> cpu) {
        double operations = laps.stream().mapToLong(l -> l.tally().operations()).sum();
        Duration sum = laps.stream().map(cpu).reduce(Duration.ZERO, Duration::plus);
        return operations == 0 ? Double.NaN : sum.toNanos() / 1e6 / (operations / 1e3);
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
