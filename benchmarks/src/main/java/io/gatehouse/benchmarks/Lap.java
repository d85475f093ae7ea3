package io.gatehouse.benchmarks;

import java.time.Duration;

/**
 * One counted round of one target.
 *
 * @param tally what was done
 * @param proxyCpu processor time of the proxy meanwhile; zero where there is none
 * @param clientCpu processor time of this program meanwhile
 */
record Lap(Tally tally, Duration proxyCpu, Duration clientCpu) {}
