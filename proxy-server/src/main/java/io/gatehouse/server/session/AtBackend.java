package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.directory.Replicas;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Cursor;
import io.gatehouse.server.execute.Outcome;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.LeaseTask;
import io.gatehouse.server.pool.Pool;
import io.gatehouse.server.recall.Answer;
import io.gatehouse.server.recall.Recall;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;
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
    private final Detours detours;
    private final Settled then;
    private @Nullable Pool pool;

    AtBackend(SessionContext session, Detours detours, Settled then) {
        this.session = session;
        this.detours = detours;
        this.then = then;
    }

    /** Performs the call on a connection that the session has. */
    void perform(Request request, Call call, CarriedState wanted, Lease held) {
        request.fingerprint = fingerprint(request, call);
        detours.begins(request);
        held.submit(() -> run(request, held, wanted, call));
    }

    /** Performs the call on a connection of a pool's, when there is one. */
    void borrow(
            Request request,
            Call call,
            CarriedState wanted,
            LogicalConnection target,
            BiConsumer<Request, @Nullable Fault> unleased) {
        request.fingerprint = fingerprint(request, call);
        Recall.Attempt attempt = detours.recall(request, call, wanted).orElse(null);
        if (attempt != null) {
            Answer known = attempt.answer().orElse(null);
            if (known != null) {
                tell(request, known, unleased);
                return;
            }
            request.attempt = attempt;
            request.sink = attempt.hearing(request.reply);
        }
        Runnable atPrimary = () -> borrowFrom(target, request, call, wanted, unleased);
        LogicalConnection replica = detours.replica(request, call, target).orElse(null);
        if (replica == null) {
            atPrimary.run();
        } else {
            request.atPrimary = atPrimary;
            // Were it no replica, or the query no read, nothing would change there all the same.
            borrowFrom(replica, request, call, session.reading(wanted), unleased);
        }
    }

    /** Gives an answer that is known; its client may take it in as slowly as it likes. */
    private void tell(
            Request request, Answer known, BiConsumer<Request, @Nullable Fault> unleased) {
        request.recalled = true;
        request.waiting =
                () -> {
                    request.reply.demand().abandon();
                    return false;
                };
        session.aside(() -> {
            Fault fault = told(request, known);
            session.client().execute(() -> unleased.accept(request, fault));
        });
    }

    private static @Nullable Fault told(Request request, Answer known) {
        try {
            boolean all = known.tell(request.reply);
            return all || !request.cancelled ? null : Faults.cancelled();
        } catch (GatehouseException e) {
            return e.fault();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Faults.shuttingDown();
        }
    }

    private void borrowFrom(
            LogicalConnection target,
            Request request,
            Call call,
            CarriedState wanted,
            BiConsumer<Request, @Nullable Fault> unleased) {
        LeaseTask task =
                new LeaseTask() {
                    @Override
                    public void run(Lease lease) {
                        AtBackend.this.run(request, lease, wanted, call);
                    }

                    @Override
                    public void refused(Fault fault) {
                        session.client().execute(() -> notLeased(request, fault, unleased));
                    }

                    @Override
                    public long follows() {
                        return request.follows;
                    }
                };
        Pool from = session.pool(target);
        if (request.atPrimary == null) {
            // What a session comes back for is never left on a replica.
            pool = from;
            detours.begins(request);
        }
        request.waiting =
                from.borrow(
                        task,
                        session.principal().user(),
                        request.fingerprint,
                        target.pool().patience());
    }

    private void notLeased(
            Request request, Fault fault, BiConsumer<Request, @Nullable Fault> unleased) {
        if (Detours.goesBack(request, fault)) {
            comeBack(request);
        } else {
            unleased.accept(request, fault);
        }
    }

    /** The backend's answer is whole: it may be kept. */
    private void keep(Request request) {
        Recall.Attempt attempt = request.attempt;
        if (attempt != null && !request.cancelled && !request.reply.demand().abandoned()) {
            // What a replica says may be older than what was changed lately.
            Duration quiet =
                    request.atPrimary == null
                            ? Duration.ZERO
                            : session.target()
                                    .map(target -> target.replicas().stickyAfterWrite())
                                    .orElse(Replicas.STICKY);
            attempt.keep(request.permitted.getFirst().obligations().cache(), quiet);
        }
    }

    /** On the event loop. */
    private void settled(
            Request request, Lease lease, Outcome outcome, TransactionState now, boolean keep) {
        if (!keep && Detours.goesBack(request, outcome)) {
            comeBack(request);
            return;
        }
        if (request.atPrimary == null) {
            detours.ran(request);
        }
        if (outcome instanceof Outcome.Finished) {
            keep(request);
        } else if (outcome instanceof Outcome.Failed failed && failed.byDriver()) {
            request.fails = Request.Fails.NONE;
        }
        then.settled(request, lease, outcome, now, keep);
    }

    /** The primary is asked for what the replica could not tell. */
    private static void comeBack(Request request) {
        Runnable atPrimary = request.atPrimary;
        request.atPrimary = null;
        request.cameBack = true;
        request.performed = false;
        request.lease = null;
        request.checkout = 0;
        request.leasedNanos = 0;
        request.workedNanos = 0;
        if (atPrimary != null) {
            atPrimary.run();
        }
    }

    /** The session does not come back for the connection that it had by that checkout. */
    void forgo(long checkout) {
        if (checkout != 0 && pool != null) {
            pool.forgo(checkout);
        }
    }

    /** What tells the request's statement from others; empty where it is not a single one. */
    private static String fingerprint(Request request, Call call) {
        boolean single = call instanceof Call.Run && request.permitted.size() == 1;
        return single ? request.permitted.get(0).facts().fingerprint() : "";
    }

    /** Goes on with rows that were set aside. */
    void resume(Request request, Lease lease, Cursor cursor) {
        lease.submit(() -> {
            works(request, lease, session.nanoTime());
            settle(request, lease, session.executor().resume(lease, cursor, request.sink));
        });
    }

    private static void works(Request request, Lease lease, long now) {
        request.portionNanos = now;
        lease.works(now);
    }

    private void worked(Request request, Lease lease, Outcome outcome) {
        request.workedNanos += session.nanoTime() - request.portionNanos;
        if (outcome instanceof Outcome.Suspended) {
            lease.rests();
        } else {
            boolean finished = outcome instanceof Outcome.Finished;
            lease.took(request.fingerprint, request.workedNanos, finished);
        }
    }

    /** Drops rows that were set aside. */
    void abandon(Request request, Lease lease, Cursor cursor) {
        boolean cancelled = request.cancelled;
        lease.submit(() -> {
            works(request, lease, session.nanoTime());
            settle(request, lease, session.executor().abandon(lease, cursor, cancelled));
        });
    }

    private void run(Request request, Lease lease, CarriedState wanted, Call call) {
        request.changes = session.executor().changes(call);
        request.leasedNanos = session.nanoTime();
        works(request, lease, request.leasedNanos);
        request.checkout = lease.checkout();
        request.lease = lease;
        if (request.reply.demand().abandoned() || request.cancelled) {
            settle(request, lease, new Outcome.Failed(Faults.cancelled(), false));
            return;
        }
        if (request.needsOwn) {
            if (!lease.resumed()) {
                settle(request, lease, new Outcome.Failed(Faults.lastStatementGone(), false));
                return;
            }
            lease.irreplaceable();
        }
        request.performed = true;
        Outcome outcome = session.executor().perform(lease, wanted, call, request.sink);
        if (request.atPrimary != null) {
            request.unanswered = session.executor().unanswered(lease);
            request.sent = session.executor().sent(lease);
        }
        settle(request, lease, outcome);
    }

    /**
     * Tells the event loop how it went and gives the connection back where nothing needs it. The
     * answer goes first, so that the client does not wait for a reset.
     */
    private void settle(Request request, Lease lease, Outcome result) {
        TransactionState now = session.executor().transaction(lease);
        Outcome outcome = cutShort(request, lease, result);
        worked(request, lease, outcome);
        boolean finished = outcome instanceof Outcome.Finished;
        if (request.dirties) {
            lease.markDirty();
        }
        boolean pins = finished && !request.pins.isEmpty();
        if (pins) {
            request.pins.forEach(reason -> lease.pin(Pins.text(reason)));
        }
        if (!lease.pins().isEmpty()) {
            unpin(request, lease, finished, now);
        }
        boolean lost = outcome instanceof Outcome.Failed failed && failed.connectionLost();
        boolean keep =
                !lost
                        && (request.onHome
                                || now != TransactionState.NONE
                                || outcome instanceof Outcome.Suspended
                                || pins);
        if (!keep && !lost && lease.endsFirst(request.performed && request.leaves)) {
            lease.release();
        }
        try {
            session.client().execute(() -> settled(request, lease, outcome, now, keep));
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

    private void unpin(Request request, Lease lease, boolean finished, TransactionState now) {
        if (finished) {
            Set<PinReason> over = session.executor().over(lease, request.permitted);
            over.forEach(reason -> lease.unpin(Pins.text(reason), false));
        }
        if (now == TransactionState.NONE) {
            lease.unpin(Pins.text(PinReason.XA_BRANCH), true);
        }
    }

    /** Rows that a cancel cut off must not look like the end of the result. */
    private static Outcome cutShort(Request request, Lease lease, Outcome outcome) {
        boolean cut = request.cancelled && request.reply.demand().abandoned();
        if (!cut || !(outcome instanceof Outcome.Finished)) {
            return outcome;
        }
        Fault fault =
                request.changes
                        ? Faults.changeUnanswered(
                                lease.target().name(), "it was cancelled while its rows were read")
                        : Faults.cancelled();
        return new Outcome.Failed(fault, false);
    }
}
