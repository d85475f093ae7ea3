package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Cursor;
import io.gatehouse.server.execute.Outcome;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.LeaseTask;
import io.gatehouse.server.pool.Waiting;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * The part of a request's walk that happens on a worker, between the event loop's handing it over
 * and hearing how it went. The event loop calls it.
 */
final class AtBackend {
    /** Told on the event loop; {@code keep} says whether the lease is still out. */
    @FunctionalInterface
    interface Settled {
        void settled(
                Request request, Lease lease, Outcome outcome, TransactionState now, boolean keep);
    }

    private final SessionContext session;
    private final Settled then;

    AtBackend(SessionContext session, Settled then) {
        this.session = session;
        this.then = then;
    }

    /** Performs the call on a connection that the session has. */
    void perform(Request request, Call call, CarriedState wanted, Lease held) {
        held.submit(() -> run(request, held, wanted, call));
    }

    /** Performs the call on a connection of the pool's, when there is one. */
    Waiting borrow(
            Request request,
            Call call,
            CarriedState wanted,
            LogicalConnection target,
            BiConsumer<Request, Fault> refusal) {
        LeaseTask task =
                new LeaseTask() {
                    @Override
                    public void run(Lease lease) {
                        AtBackend.this.run(request, lease, wanted, call);
                    }

                    @Override
                    public void refused(Fault fault) {
                        session.client().execute(() -> refusal.accept(request, fault));
                    }
                };
        return session.pool(target).borrow(task, target.pool().patience());
    }

    /** Goes on with rows that were set aside. */
    void resume(Request request, Lease lease, Cursor cursor) {
        lease.submit(() ->
                settle(request, lease, session.executor().resume(lease, cursor, request.reply)));
    }

    /** Drops rows that were set aside. */
    void abandon(Request request, Lease lease, Cursor cursor) {
        lease.submit(() -> {
            session.executor().abandon(lease, cursor);
            settle(request, lease, new Outcome.Finished());
        });
    }

    private void run(Request request, Lease lease, CarriedState wanted, Call call) {
        request.leasedNanos = session.nanoTime();
        request.checkout = lease.checkout();
        request.lease = lease;
        if (request.reply.demand().abandoned() || request.cancelled) {
            settle(request, lease, new Outcome.Failed(Faults.cancelled(), false));
            return;
        }
        if (request.recalls && !request.onHome) {
            lease.forgetEarlier();
        }
        settle(request, lease, session.executor().perform(lease, wanted, call, request.reply));
    }

    /**
     * Tells the event loop how it went and gives the connection back where nothing needs it. The
     * answer goes first, so that the client does not wait for a reset.
     */
    private void settle(Request request, Lease lease, Outcome result) {
        TransactionState now = session.executor().transaction(lease);
        Outcome outcome = cutShort(request, result);
        boolean finished = outcome instanceof Outcome.Finished;
        if (request.dirties) {
            lease.markDirty();
        }
        PinReason reason = request.pins;
        if (finished && reason != null) {
            lease.pin(Pins.text(reason));
        }
        boolean lost = outcome instanceof Outcome.Failed failed && failed.connectionLost();
        boolean keep =
                !lost
                        && (request.onHome
                                || now != TransactionState.NONE
                                || outcome instanceof Outcome.Suspended
                                || (finished && reason != null));
        try {
            session.client().execute(() -> then.settled(request, lease, outcome, now, keep));
        } catch (RejectedExecutionException e) {
            // The broker is going down: there is nobody left to tell, and no event loop.
            request.reply.discard();
            lease.doom();
            lease.release();
            return;
        }
        if (!keep) {
            if (lost) {
                lease.doom();
            }
            lease.release();
        }
    }

    /** Rows that a cancel cut off must not look like the end of the result. */
    private static Outcome cutShort(Request request, Outcome outcome) {
        boolean cut = request.cancelled && request.reply.demand().abandoned();
        return cut && outcome instanceof Outcome.Finished
                ? new Outcome.Failed(Faults.cancelled(), false)
                : outcome;
    }
}
