package io.gatehouse.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How long the broker takes from its command to the first client that it accepts. */
record ReadyTimes(Duration first, List<Duration> later) {
    static final String NAME = "ready";

    ReadyTimes {
        later = List.copyOf(later);
    }

    /** Starts and stops the broker so many times, after a first one that may make files. */
    static ReadyTimes measure(BrokerSetup setup, int times)
            throws IOException, InterruptedException {
        Duration first = once(setup);
        List<Duration> later = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            later.add(once(setup));
        }
        return new ReadyTimes(first, later);
    }

    private static Duration once(BrokerSetup setup) throws IOException, InterruptedException {
        try (Started started = new Started()) {
            return setup.start(started).ready();
        }
    }

    Duration median() {
        return later.stream().sorted().toList().get(later.size() / 2);
    }

    String report() {
        return String.format(
                Locale.ROOT,
                "%n### ready: from bin/gatehouse serve to the first client accepted%n%n"
                        + "median %.2f s of %d starts (%s); the first start, which makes the"
                        + " certificate, %.2f s%n",
                seconds(median()),
                later.size(),
                later.stream()
                        .map(d -> String.format(Locale.ROOT, "%.2f", seconds(d)))
                        .collect(Collectors.joining(", ")),
                seconds(first));
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1e3;
    }
}
