package io.gatehouse.server.pool;

import java.util.Map;

/**
 * One pool at a moment.
 *
 * @param name of the logical connection
 * @param size the most backend connections
 * @param busy leases given out
 * @param idle open backend connections that nobody uses
 * @param waiting borrowers in the queue
 * @param borrowed leases given out since the start
 * @param timeouts borrowers that waited in vain
 * @param refusals borrowers that found the queue full
 * @param waitedNanos time that borrowers spent in the queue, all together
 * @param pins how many leases are pinned now, by reason
 */
public record PoolFigures(
        String name,
        String kind,
        int size,
        int busy,
        int idle,
        int waiting,
        long borrowed,
        long timeouts,
        long refusals,
        long waitedNanos,
        Map<String, Integer> pins) {
    public PoolFigures {
        pins = Map.copyOf(pins);
    }
}
