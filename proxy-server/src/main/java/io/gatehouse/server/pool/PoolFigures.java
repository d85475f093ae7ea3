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
 * @param waitingByUser how many requests wait now, by user; only of those who do
 * @param slow what slow statements have of it
 * @param circuit whether the backend can be reached
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
        Map<String, Integer> pins,
        Map<String, Integer> waitingByUser,
        Slow slow,
        Circuit circuit) {
    public PoolFigures {
        pins = Map.copyOf(pins);
        waitingByUser = Map.copyOf(waitingByUser);
    }

    /**
     * Slow statements at a moment.
     *
     * @param most connections that they may have at once
     * @param busy connections that they have
     * @param waiting requests of such statements in the queue
     * @param known statements that are known to be slow
     */
    public record Slow(int most, int busy, int waiting, int known) {}

    /**
     * The circuit breaker at a moment.
     *
     * @param state where it stands
     * @param sinceNanos for how long the backend has not been reachable; 0 where closed
     * @param probeNanos until the next attempt; 0 where closed, or where one is due or under way
     * @param why what the last attempt said; empty where closed
     */
    public record Circuit(State state, long sinceNanos, long probeNanos, String why) {
        /** A backend that was reached last, as far as is known. */
        public static final Circuit CLOSED = new Circuit(State.CLOSED, 0, 0, "");

        /** Where a breaker stands. */
        public enum State {
            CLOSED,
            HALF_OPEN,
            OPEN
        }
    }
}
