package io.gatehouse.server.session;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Outcome;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.Warnings;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a session's requests through gate, pool, execution and answer, one after the other. One
 * whose rows wait for the client is set aside. Owned by the event loop.
 *
 * <p>In autocommit each request borrows a connection of its own and gives it back as it ends. A
 * transaction or a pin makes one connection the session's <em>home</em> until it is over.
 */
final class Walk {
    /** Above this many characters a text is judged off the event loop. */
    private static final int QUICK_TEXT = 4_096;

    private final SessionContext session;
    private final SessionState state;
    private final Effects effects;
    private final Runnable onProgress;
    private final Backlog queue = new Backlog();
    // Not by id: a client may use one twice, and every lease must find its way back.
    private final Set<Request> aside = new LinkedHashSet<>();
    private @Nullable Request foreground;
    private final Home home = new Home();
    private final Stopper stopper;
    private final AtBackend backend;
    private final IdleWatch idle;
    private boolean closed;

    /**
     * @param onProgress told whenever a request begins or none is left
     */
    Walk(SessionContext session, SessionState state, Runnable onProgress) {
        this.session = session;
        this.state = state;
        this.onProgress = onProgress;
        this.effects = new Effects(session, state);
        this.stopper = new Stopper(session, this::cancel);
        this.backend = new AtBackend(session, new Detours(session, state), this::settled);
        this.idle = new IdleWatch(session, this::idleInTransaction);
    }

    /** Carries a request out as soon as the ones before it are through. */
    void enqueue(Request request) {
        if (!closed) {
            queue.add(request);
            next();
        }
    }

    /** Whether nothing is queued, running, set aside or held. */
    boolean atRest() {
        return foreground == null && queue.size() == 0 && aside.isEmpty() && !home.taken();
    }

    /** Why the session keeps its backend connection; empty when it does not. */
    Set<String> pins() {
        return home.pins();
    }

    /** Whether a request is being carried out, or set aside until its client reads on. */
    boolean running() {
        return foreground != null || !aside.isEmpty();
    }

    Backlog backlog() {
        return queue;
    }

    private void next() {
        if (foreground != null || closed) {
            return;
        }
        Request request = queue.next();
        foreground = request;
        onProgress.run();
        idle.watch(request == null && home.taken() && state.inTransaction());
        if (request != null) {
            begin(request);
        }
    }

    private void begin(Request request) {
        request.begunNanos = session.nanoTime();
        if (request.textLength() <= QUICK_TEXT) {
            walk(request, session.decide(request.texts));
            return;
        }
        session.aside(() -> {
            List<Verdict> verdicts = session.decide(request.texts);
            session.client().execute(() -> walk(request, verdicts));
        });
    }

    /** The walk itself: what passed the gate takes effect, finds a connection, and runs. */
    private void walk(Request request, List<Verdict> verdicts) {
        request.permitted = Verdict.granted(verdicts);
        if (closed) {
            stopper.disarm(request);
            return;
        }
        Verdict.Refused refused = Verdict.refusal(verdicts).orElse(null);
        if (refused != null) {
            session.journal().refused(request, refused);
            end(request, refused.fault());
            return;
        }
        if (aside.size() >= session.limits().results()) {
            end(request, Faults.tooManyResults(session.limits().results()));
            return;
        }
        Optional<LogicalConnection> target = session.target();
        if (target.isEmpty()) {
            end(request, session.gone());
            return;
        }
        switch (effects.of(request)) {
            case Effects.Plan.Perform perform -> {
                state.aboutToRun();
                lease(request, perform.call(), target.get());
            }
            case Effects.Plan.Answer answer -> {
                Optional.ofNullable(answer.warning()).ifPresent(request.reply::warning);
                succeeded(request);
            }
            case Effects.Plan.Refuse refuse -> end(request, refuse.fault());
        }
    }

    private void lease(Request request, Call call, LogicalConnection target) {
        stopper.arm(request, target);
        CarriedState wanted = session.heldTo(request.permitted, state.wanted());
        Lease held = home.lease();
        if (state.trail().isGone(request, held)) {
            failed(request, Faults.lastStatementGone());
        } else if (held != null) {
            request.onHome = true;
            request.reply.mayBlock(false);
            home.begun();
            backend.perform(request, call, wanted, held);
        } else {
            state.trail().begins(request);
            request.reply.mayBlock(!state.inTransaction() && request.pins.isEmpty());
            backend.borrow(request, call, wanted, target, this::unleased);
        }
    }

    /** A request ended without a connection: refused, or answered; null is success. */
    private void unleased(Request request, @Nullable Fault fault) {
        request.ended = true;
        if (closed) {
            stopper.disarm(request);
            request.reply.discard();
        } else if (fault == null) {
            finished(request);
        } else {
            failed(request, fault);
        }
    }

    private void settled(
            Request request, Lease lease, Outcome outcome, TransactionState now, boolean keep) {
        if (request.onHome) {
            home.done();
        }
        state.trail().ran(request, lease);
        request.ended = !(outcome instanceof Outcome.Suspended);
        if (closed) {
            stopper.disarm(request);
            request.reply.discard();
            if (keep && !home.is(lease)) {
                lease.submit(lease::release);
            }
            session.journal().finished(request, Faults.cancelled());
            return;
        }
        boolean lost = outcome instanceof Outcome.Failed failed && failed.connectionLost();
        if (lost && state.inTransaction() && !request.endsTransaction) {
            state.lost();
        } else if (request.onHome || now != TransactionState.NONE || !request.pins.isEmpty()) {
            ran(request, lease, outcome, now, keep);
        }
        if (!keep && home.is(lease)) {
            // Before the answer: that begins the next request, which must not meet this lease.
            home.lost();
        }
        switch (outcome) {
            case Outcome.Suspended suspended -> setAside(request, suspended);
            case Outcome.Finished finished -> finished(request);
            case Outcome.Failed failed -> failed(request, failed.fault());
        }
        if (state.transaction() == TransactionState.NONE) {
            home.releaseUnlessUsed(aside);
        }
        next();
    }

    private void ran(
            Request request, Lease lease, Outcome outcome, TransactionState now, boolean keep) {
        boolean ended =
                state.transaction() != TransactionState.NONE && now == TransactionState.NONE;
        state.ran(now);
        boolean finished = outcome instanceof Outcome.Finished;
        if (ended && !(finished && request.endsTransaction)) {
            state.ended(finished);
            request.fails = Request.Fails.NONE;
        }
        boolean stays = now != TransactionState.NONE || !request.pins.isEmpty();
        if (keep && !home.taken() && stays) {
            home.take(lease);
            request.onHome = true;
        }
        if (home.is(lease)) {
            home.pinned(lease.pins())
                    .forEach(reason -> request.reply.warning(Warnings.pinned(reason)));
        }
    }

    private void finished(Request request) {
        if (request.onSuccess != null) {
            request.onSuccess.run();
        }
        succeeded(request);
    }

    private void succeeded(Request request) {
        if (request.countless && request.reply instanceof ExtendedReply extended) {
            extended.count(0);
        }
        session.journal().finished(request, request.verdict);
        end(request, request.verdict);
    }

    private void failed(Request request, Fault fault) {
        if (request.onFailure != null) {
            request.onFailure.run();
        }
        Fault told = Stopper.explained(request, fault);
        state.trail().failed(request, fault);
        session.journal().finished(request, told);
        end(request, told);
    }

    /** Ends a request towards its client; null is success. */
    private void end(Request request, @Nullable Fault fault) {
        stopper.disarm(request);
        aside.remove(request);
        if (fault == null) {
            request.reply.done(state.reported());
        } else {
            request.reply.failed(fault, FailedTransaction.after(request, state));
        }
        if (foreground == request) {
            foreground = null;
            next();
        }
    }

    private void setAside(Request request, Outcome.Suspended suspended) {
        request.cursor = suspended.cursor();
        request.reply.flush();
        aside.add(request);
        if (foreground == request) {
            foreground = null;
        }
        resume(request);
    }

    /** A worker waits for demand inside a request: later ones go on meanwhile. */
    void waits(Request request) {
        if (foreground == request) {
            aside.add(request);
            foreground = null;
            next();
        }
    }

    /** More demand, or room in the socket: set-aside requests go on. */
    void demandChanged() {
        if (foreground != null) {
            // Its worker may wait without having been set aside, as a plain client's does.
            foreground.reply.demand().signal();
        }
        for (Request request : List.copyOf(aside)) {
            request.reply.demand().signal();
            resume(request);
        }
    }

    /** The request of that id, if it is unfinished. */
    Optional<Request> unfinished(int id) {
        if (foreground != null && (id == 0 || foreground.id == id)) {
            return Optional.of(foreground);
        }
        return aside.stream().filter(request -> request.id == id).findFirst();
    }

    /** Goes on with a set-aside request when it has a cursor and rows are wanted. */
    void resume(Request request) {
        var cursor = request.cursor;
        Lease lease = request.lease;
        if (cursor == null || lease == null || closed) {
            return;
        }
        if (request.cancelled) {
            // The cancel may have come between two portions, and have hit nothing.
            request.reply.demand().abandon();
        }
        Demand demand = request.reply.demand();
        boolean abandoned = demand.abandoned();
        if (!abandoned && !demand.wanted()) {
            return;
        }
        request.cursor = null;
        if (request.onHome) {
            home.begun();
        }
        if (abandoned) {
            backend.abandon(request, lease, cursor);
        } else {
            backend.resume(request, lease, cursor);
        }
    }

    /** The client no longer wants the rows of a request. */
    void abandon(Request request) {
        request.reply.demand().abandon();
        resume(request);
    }

    /** Cancels a request wherever it is on its walk. */
    void cancel(Request request) {
        request.cancel();
        Lease lease = request.lease;
        if (lease != null && request.cursor == null) {
            session.executor().cancel(lease, request.checkout);
            stopper.again(request);
            if (request != foreground) {
                request.reply.demand().abandon();
            }
        } else if (request.cursor != null) {
            abandon(request);
        } else if (request.waiting != null && request.waiting.giveUp()) {
            failed(request, Faults.cancelled());
        }
    }

    private void idleInTransaction(Duration limit) {
        if (home.taken() && foreground == null) {
            home.release();
            state.ended(false);
            session.end(Faults.idleInTransaction(limit));
        }
    }

    /** The client is gone: everything stops and every connection goes back. */
    void close() {
        closed = true;
        idle.stop();
        queue.clear();
        Optional.ofNullable(foreground).ifPresent(this::stop);
        aside.forEach(this::stop);
        aside.clear();
        home.release();
        backend.forgo(state.trail().own());
    }

    private void stop(Request request) {
        stopper.disarm(request);
        request.reply.demand().abandon();
        request.cancel();
        Lease lease = request.lease;
        if (request.cursor != null && lease != null) {
            request.cursor = null;
            request.reply.discard();
            // Where it is the home it goes back as such; a second release does nothing.
            lease.submit(lease::release);
        } else if (lease != null || request.waiting == null || !request.waiting.giveUp()) {
            stopper.insist(request);
        }
    }
}
