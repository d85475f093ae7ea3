package io.gatehouse.server.session;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

/**
 * Where a session's statements left what it may ask for afterwards: by checkouts, of which 0 is
 * none. Owned by the event loop.
 */
final class Trail {
    /** The connection that may be kept for the session. */
    private long own;

    /** The connection with the keys that it generated last. */
    private long keys;

    /** The connection that its last statement ran on. */
    private long last;

    private boolean stays;

    /** A request is going to borrow a connection: where it would best go on. */
    void begins(Request request) {
        request.follows = own;
        request.needsOwn = asks(request);
    }

    /** A request was on a connection, or is. */
    void ran(Request request, Lease lease) {
        long now = lease.checkout();
        boolean goesOn = request.follows != 0 && lease.resumed();
        boolean leaves = request.performed && request.leaves;
        if ((leaves && request.leavesKeys) || (goesOn && keys == request.follows)) {
            keys = now;
        }
        if (leaves || goesOn) {
            own = now;
        }
        last = now;
    }

    /** What it asked for may have been gone: from now on the session stays where it leaves that. */
    void failed(Request request, Fault fault) {
        stays |= asks(request) && fault.equals(Faults.lastStatementGone());
    }

    boolean stays() {
        return stays;
    }

    /** The checkout whose connection may be kept for the session. */
    long own() {
        return own;
    }

    /**
     * Whether what the request asks for is gone for good: on no connection that the session has, or
     * could have again.
     *
     * @param held the connection that it has
     */
    boolean isGone(Request request, @Nullable Lease held) {
        boolean asksForOwnKeys = request.asksForKeys && keys != 0;
        if (held != null) {
            return asksForOwnKeys && keys != held.checkout();
        }
        return request.asksForGone
                || (asksForOwnKeys && keys != own)
                || (request.asksForResult && (last == 0 || last != own));
    }

    private boolean asks(Request request) {
        return request.asksForResult || (request.asksForKeys && keys != 0);
    }
}
