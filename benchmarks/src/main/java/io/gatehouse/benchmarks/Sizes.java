package io.gatehouse.benchmarks;

import java.time.Duration;

/**
 * How much of everything.
 *
 * @param items rows that point selects and transactions choose from
 * @param wideRows rows of the streamed result
 * @param insertRows rows of one round of inserts
 * @param batch rows of one batch and of one fetch
 * @param manyClients the point selects' and transactions' larger crowds are cut to this many
 * @param busyClients all of the workload of many busy clients
 * @param openClients clients of the workload of many open connections
 * @param activeClients how many of those work at once
 * @param warmUp span of the round that is not counted
 * @param round span of one counted round
 * @param rounds how many rounds at most
 * @param bound a round or a check that takes longer is given up as hanging; an opening has twice
 *     that
 * @param total all workloads together stay under this, by doing fewer rounds
 */
record Sizes(
        int items,
        int wideRows,
        int insertRows,
        int batch,
        int manyClients,
        int busyClients,
        int openClients,
        int activeClients,
        Duration warmUp,
        Duration round,
        int rounds,
        Duration bound,
        Duration total) {
    static Sizes full() {
        return new Sizes(
                100_000,
                1_000_000,
                100_000,
                1_000,
                64,
                500,
                1_000,
                64,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                9,
                Duration.ofSeconds(90),
                Duration.ofHours(1));
    }

    /** The same work in shorter and fewer rounds. */
    static Sizes quick() {
        return new Sizes(
                100_000,
                1_000_000,
                100_000,
                1_000,
                64,
                500,
                1_000,
                64,
                Duration.ofSeconds(1),
                Duration.ofMillis(600),
                3,
                Duration.ofSeconds(15),
                Duration.ofSeconds(140));
    }
}
