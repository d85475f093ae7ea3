package io.gatehouse.server.session;

import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.TreeSet;

/**
 * The connection that a session keeps while a transaction or a pin needs it. Owned by the event
 * loop.
 */
final class Home {
    private @Nullable Lease lease;
    private int work;
    private volatile Set<String> pins = Set.of();

    @Nullable Lease lease() {
        return lease;
    }

    boolean is(@Nullable Lease other) {
        return lease == other;
    }

    boolean taken() {
        return lease != null;
    }

    void take(Lease taken) {
        lease = taken;
    }

    /** Why the session keeps it, besides a transaction. Any thread. */
    Set<String> pins() {
        return pins;
    }

    /** Keeps the connection for these reasons and no others; gives those that are new. */
    Set<String> pinned(Set<String> reasons) {
        Set<String> more = new TreeSet<>(reasons);
        more.removeAll(pins);
        pins = Set.copyOf(reasons);
        return more;
    }

    /** Work on it begins. */
    void begun() {
        work++;
    }

    void done() {
        work--;
    }

    /**
     * Gives the connection back where no transaction needs it and nothing else does.
     *
     * @param open requests with open results, which may be on it
     */
    void releaseUnlessUsed(Set<Request> open) {
        if (lease == null || work != 0 || !pins.isEmpty()) {
            return;
        }
        for (Request request : open) {
            if (is(request.lease)) {
                return;
            }
        }
        release();
    }

    /** The connection is gone. */
    void lost() {
        lease = null;
        pins = Set.of();
    }

    /** Gives the connection back, if there is one. */
    void release() {
        Lease held = lease;
        lost();
        if (held != null) {
            held.submit(held::release);
        }
    }
}
