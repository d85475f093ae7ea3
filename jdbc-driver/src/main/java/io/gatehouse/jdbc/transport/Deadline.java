package io.gatehouse.jdbc.transport;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** When connecting must be over. Immutable. */
final class Deadline {
    private final boolean limited;
    private final long at;

    private Deadline(boolean limited, long at) {
        this.limited = limited;
        this.at = at;
    }

    /**
     * A deadline from now on.
     *
     * @param seconds 0: never
     */
    static Deadline in(int seconds) {
        return new Deadline(seconds > 0, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    /**
     * The earlier of this one and another from now on.
     *
     * @param seconds 0: this one
     */
    Deadline within(int seconds) {
        Deadline other = in(seconds);
        boolean sooner = other.limited && (!limited || other.at - at < 0);
        return sooner ? other : this;
    }

    boolean isLimited() {
        return limited;
    }

    boolean isOver() {
        return limited && at - System.nanoTime() <= 0;
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
}
