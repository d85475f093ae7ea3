package io.gatehouse.jdbc.transport;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** When connecting must be over. Immutable. */
final class Deadline {
    private final boolean limited;
    private final long at;

    /**
     * A deadline from now on.
     *
     * @param seconds 0: never
     */
    Deadline(int seconds) {
        limited = seconds > 0;
        at = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Milliseconds left, at least 1; 0: without limit. */
    int millisLeft() throws SocketTimeoutException {
        if (!limited) {
            return 0;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(at - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("The login timeout is over.");
        }
        return (int) left;
    }

    /** The smaller of what is left and a limit of its own, in milliseconds; 0: without limit. */
    int millisLeft(int ownSeconds) throws SocketTimeoutException {
        int left = millisLeft();
        int own = (int) Math.min(Integer.MAX_VALUE, ownSeconds * 1000L);
        return left == 0 ? own : own == 0 ? left : Math.min(left, own);
    }
}
