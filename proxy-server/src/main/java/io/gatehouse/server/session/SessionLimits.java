package io.gatehouse.server.session;

import java.time.Duration;

/**
 * What one session may use.
 *
 * @param statements prepared statements at once; above 0
 * @param results results that wait for their client at once; above 0
 * @param queued requests that wait behind the running one before reading pauses; above 0
 * @param row bytes of one row
 * @param chunk bytes after which rows are sent
 * @param frame bytes of the largest frame that the broker accepts, as clients are told
 * @param whole bytes above which a value of a result is sent in pieces
 * @param streamed bytes of the largest parameter that a client may send in pieces
 * @param pause how long such a client may take for a piece
 */
public record SessionLimits(
        int statements,
        int results,
        int queued,
        int row,
        int chunk,
        int frame,
        int whole,
        long streamed,
        Duration pause) {
    /** What holds where the configuration says nothing. */
    public static final SessionLimits DEFAULT =
            new SessionLimits(
                    10_000,
                    1_000,
                    64,
                    64 << 20,
                    64 << 10,
                    64 << 20,
                    1 << 20,
                    4L << 30,
                    Duration.ofMinutes(1));
}
