package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Set;

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

    /** Keeps the connection for a reason; false where it was known. */
    boolean pin(PinReason reason) {
        Set<String> more = new LinkedHashSet<>(pins);
        boolean isNew = more.add(Pins.text(reason));
        pins = Set.copyOf(more);
        return isNew;
    }

    /** Work on it begins. */
    void begun() {
        work++;
    }

    void done() {
        work--;
    }

    /** Whether nothing but a transaction or an open result could need it. */
    boolean idle() {
        return work == 0 && pins.isEmpty();
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
