package io.gatehouse.server.meter;

import java.util.Map;

/**
 * One pool at one moment.
 *
 * @param connection the logical connection
 * @param size the most backend connections at once
 * @param open backend connections
 * @param inUse of these, lent to sessions
 * @param waiting requests that wait for one
 * @param pinned of those in use, held by sessions outside a transaction
 * @param waitingByUser the requests that wait, by user; only of those who wait
 * @param slow what slow statements have of it
 * @param circuit whether the backend can be reached
 */
public record PoolReading(
        String connection,
        int size,
        int open,
        int inUse,
        int waiting,
        int pinned,
        Map<String, Integer> waitingByUser,
        Slow slow,
        Circuit circuit) {
    public PoolReading {
        waitingByUser = Map.copyOf(waitingByUser);
    }

    /**
     * Slow statements.
     *
     * @param most connections that they may have at once
     * @param inUse connections that they have
     * @param waiting requests of such statements that wait
     */
    public record Slow(int most, int inUse, int waiting) {}

    /**
     * The circuit breaker.
     *
     * @param sinceMillis for how long the backend has not been reachable; 0 where closed
     * @param probeMillis until the next attempt to connect; 0 where closed, or where it is due
     * @param why what the last attempt said; empty where closed
     */
    public record Circuit(State state, long sinceMillis, long probeMillis, String why) {
        /** A backend that was reached last, as far as is known. */
        public static final Circuit CLOSED = new Circuit(State.CLOSED, 0, 0, "");

        /** Where a breaker stands; the order is that of the metric's values. */
        public enum State {
            CLOSED,
            HALF_OPEN,
            OPEN
        }
    }
}
