package io.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

final class RatiosTest {
    private static Lap lap(long operations, long cpuMillis) {
        Tally tally = new Tally(operations, 1_000_000_000L, Tally.histogram());
        return new Lap(tally, Duration.ofMillis(cpuMillis), Duration.ZERO);
    }

    @Test
    void takesTheMiddle() {
        List<Lap> laps = List.of(lap(30, 0), lap(10, 0), lap(500, 0));

        assertThat(Ratios.median(laps, Tally::perSecond)).isEqualTo(30);
        assertThat(Ratios.median(laps.subList(0, 2), Tally::perSecond)).isEqualTo(20);
        assertThat(Ratios.median(List.of(), Tally::perSecond)).isNaN();
    }

    /** A disturbance that hits both of a round leaves their ratio alone. */
    @Test
    void comparesRoundWithRound() {
        List<Lap> laps = List.of(lap(50, 0), lap(5, 0), lap(80, 0));
        List<Lap> direct = List.of(lap(100, 0), lap(10, 0), lap(100, 0));

        assertThat(Ratios.median(laps, direct, Tally::perSecond)).isEqualTo(0.5);
        assertThat(Ratios.median(laps, List.of(), Tally::perSecond)).isNaN();
    }

    @Test
    void dividesTheProcessorTimeOfAllRounds() {
        List<Lap> laps = List.of(lap(1_000, 30), lap(3_000, 50));

        assertThat(Ratios.cpuPerThousand(laps, Lap::proxyCpu)).isEqualTo(20);
        assertThat(Ratios.cpuPerThousand(List.of(), Lap::proxyCpu)).isNaN();
    }

    @Test
    void readsLatenciesInMicroseconds() {
        Tally tally = new Tally(2, 1, Tally.histogram());
        assertThat(tally.percentile(50)).isNaN();
        tally.latencies().recordValue(5_000);
        assertThat(tally.percentile(50)).isBetween(4.99, 5.01);
    }
}
