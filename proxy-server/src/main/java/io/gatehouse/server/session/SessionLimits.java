package io.gatehouse.server.session;

/**
 * What one session may use.
 *
 * @param statements prepared statements at once; above 0
 * @param results results that wait for their client at once; above 0
 * @param queued requests that wait behind the running one before reading pauses; above 0
 * @param row bytes of one row
 * @param chunk bytes after which rows are sent
 * @param frame bytes of the largest frame that the broker accepts, as clients are told
 */
public record SessionLimits(
        int statements, int results, int queued, int row, int chunk, int frame) {
    /** What holds where the configuration says nothing. */
    public static final SessionLimits DEFAULT =
            new SessionLimits(10_000, 1_000, 64, 64 << 20, 64 << 10, 64 << 20);
}
