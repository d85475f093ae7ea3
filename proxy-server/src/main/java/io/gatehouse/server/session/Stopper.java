package io.gatehouse.server.session;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.FaultClass;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.pool.Lease;

import java.time.Duration;

/** Stops requests that take too long, or whose client is gone. Owned by the event loop. */
final class Stopper {
    /** How soon a cancel that did not end its request is sent again. */
    private static final Duration INSISTENCE = Duration.ofMillis(250);

    /** Cancels a request wherever it is on its walk. */
    @FunctionalInterface
    interface Cancel {
        void of(Request request);
    }

    private final SessionContext session;
    private final Cancel cancel;

    Stopper(SessionContext session, Cancel cancel) {
        this.session = session;
        this.cancel = cancel;
    }

    /** Starts the request's time. */
    void arm(Request request, LogicalConnection target) {
        request.limit = Limits.strictest(request, target);
        Limits.largest(request).ifPresent(o -> request.reply.atMost(o.maxBytes(), o.bytesRule()));
        if (!request.limit.isZero()) {
            request.timer = session.client().schedule(() -> timedOut(request), request.limit);
        }
    }

    /** Ends the request's time, and what it holds of the policy's limits. */
    void disarm(Request request) {
        request.settle();
        if (request.timer != null) {
            request.timer.run();
            request.timer = null;
        }
    }

    /** The fault as the client is told: what hit it may have been its own limit. */
    static Fault explained(Request request, Fault fault) {
        if (!request.timedOut) {
            return fault;
        }
        return fault.sqlState().equals("57014")
                ? Faults.statementTimeout(request.limit)
                : fault.as(FaultClass.TIMEOUT);
    }

    private void timedOut(Request request) {
        request.timedOut = true;
        insist(request);
    }

    /** Cancels until the request has ended; past the grace its backend connection is cut off. */
    void insist(Request request) {
        insist(request, session.nanoTime());
    }

    /** Cancels once more a little later, should the first cancel have come before its statement. */
    void again(Request request) {
        if (!request.cancelDue) {
            request.cancelDue = true;
            session.client().schedule(() -> repeat(request), INSISTENCE);
        }
    }

    private void repeat(Request request) {
        request.cancelDue = false;
        if (!request.ended && request.cancelled) {
            cancel.of(request);
        }
    }

    /** A cancel that stopped nothing before its answer does not stop what is asked next. */
    static void missed(Request request) {
        request.cancelled = request.timedOut || request.reply.demand().abandoned();
    }

    private void insist(Request request, long since) {
        if (request.ended) {
            return;
        }
        cancel.of(request);
        Lease lease = request.lease;
        if (lease != null && session.nanoTime() - since > session.cancelGrace().toNanos()) {
            lease.abort();
            return;
        }
        request.timer = session.client().schedule(() -> insist(request, since), INSISTENCE);
    }
}
