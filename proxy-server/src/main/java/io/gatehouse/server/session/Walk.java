package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.Outcome;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.FaultClass;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.LeaseTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a session's requests through the rooms, one after the other: gate, pool, execution, answer.
 * A request whose rows wait for the client is set aside and the next one starts. Owned by the event
 * loop; methods that run on a worker say so.
 *
 * <p>In autocommit each request borrows a connection of its own and gives it back as it ends. A
 * transaction or a pin makes one connection the session's <em>home</em> until it is over.
 */
final class Walk {
    /** Above this many characters a text is judged off the event loop. */
    private static final int QUICK_TEXT = 4_096;

    /** How soon a cancel that did not end its request is sent again. */
    private static final Duration INSISTENCE = Duration.ofMillis(250);

    private final SessionContext session;
    private final SessionState state;
    private final Effects effects;
    private final Runnable onProgress;
    private final ArrayDeque<Request> queue = new ArrayDeque<>();
    private final Map<Integer, Request> aside = new HashMap<>();
    private @Nullable Request foreground;
    private @Nullable Lease home;
    private int homeWork;
    private volatile Set<String> pins = Set.of();
    private boolean closed;
    private final IdleWatch idle;

    /**
     * @param onProgress told whenever a request was taken from the queue or none is left
     */
    Walk(SessionContext session, SessionState state, Runnable onProgress) {
        this.session = session;
        this.state = state;
        this.onProgress = onProgress;
        this.effects = new Effects(session, state);
        this.idle = new IdleWatch(session, this::idleInTransaction);
    }

    /** Carries a request out as soon as the ones before it are through. */
    void enqueue(Request request) {
        if (closed) {
            return;
        }
        queue.add(request);
        next();
    }

    /** Whether nothing is queued, running, set aside or held. */
    boolean atRest() {
        return foreground == null && queue.isEmpty() && aside.isEmpty() && home == null;
    }

    /** Why the session keeps its backend connection; empty when it does not. */
    Set<String> pins() {
        return pins;
    }

    /** Whether a request is being carried out, or set aside until its client reads on. */
    boolean running() {
        return foreground != null || !aside.isEmpty();
    }

    /** How many requests wait behind the running one. */
    int queued() {
        return queue.size();
    }

    private void next() {
        if (foreground != null || closed) {
            return;
        }
        Request request = queue.poll();
        while (request != null && request.discard.getAsBoolean()) {
            request = queue.poll();
        }
        onProgress.run();
        if (request == null) {
            idle.watch(home != null && state.inTransaction());
        } else {
            idle.watch(false);
            begin(request);
        }
    }

    private void begin(Request request) {
        foreground = request;
        request.begunNanos = session.nanoTime();
        int characters = request.texts.stream().mapToInt(String::length).sum();
        if (characters <= QUICK_TEXT) {
            walk(request, judge(request));
            return;
        }
        session.aside(
                () -> {
                    List<Verdict> verdicts = judge(request);
                    session.client().execute(() -> walk(request, verdicts));
                });
    }

    private List<Verdict> judge(Request request) {
        List<Verdict> verdicts = new ArrayList<>(request.texts.size());
        for (String text : request.texts) {
            Verdict verdict = session.decide(text);
            verdicts.add(verdict);
            if (verdict instanceof Verdict.Refused) {
                break;
            }
        }
        return verdicts;
    }

    /** The walk itself: what passed the gate takes effect, finds a connection, and runs. */
    private void walk(Request request, List<Verdict> verdicts) {
        if (closed) {
            return;
        }
        List<Permitted> permitted = new ArrayList<>(verdicts.size());
        for (Verdict verdict : verdicts) {
            switch (verdict) {
                case Verdict.Granted granted -> permitted.add(granted.permitted());
                case Verdict.Refused refused -> {
                    session.journal().refused(request, refused);
                    end(request, refused.fault());
                    return;
                }
            }
        }
        request.permitted = permitted;
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
            case Effects.Plan.Answer answer -> answered(request, answer);
            case Effects.Plan.Refuse refuse -> end(request, refuse.fault());
        }
    }

    private void answered(Request request, Effects.Plan.Answer answer) {
        if (answer.warning() != null) {
            request.reply.warning(answer.warning());
        }
        tellCount(request);
        session.journal().finished(request, null);
        end(request, null);
    }

    private static void tellCount(Request request) {
        if (request.countless && request.reply instanceof ExtendedReply extended) {
            extended.count(0);
        }
    }

    private void lease(Request request, Call call, LogicalConnection target) {
        arm(request, target);
        CarriedState wanted = state.wanted();
        Lease held = home;
        if (held != null) {
            request.onHome = true;
            request.reply.mayBlock(false);
            homeWork++;
            held.submit(() -> perform(request, held, wanted, call));
            return;
        }
        request.reply.mayBlock(!state.inTransaction() && request.pins == null);
        request.waiting =
                session.pool(target)
                        .borrow(
                                new LeaseTask() {
                                    @Override
                                    public void run(Lease lease) {
                                        perform(request, lease, wanted, call);
                                    }

                                    @Override
                                    public void refused(Fault fault) {
                                        session.client()
                                                .execute(() -> refusedLease(request, fault));
                                    }
                                },
                                target.pool().patience());
    }

    private void refusedLease(Request request, Fault fault) {
        request.ended = true;
        if (!closed) {
            failed(request, fault);
        }
    }

    /** On a worker. */
    private void perform(Request request, Lease lease, CarriedState wanted, Call call) {
        request.leasedNanos = session.nanoTime();
        request.checkout = lease.checkout();
        request.lease = lease;
        if (request.reply.demand().abandoned() || request.cancelled) {
            settle(request, lease, new Outcome.Failed(Faults.cancelled(), false));
            return;
        }
        settle(request, lease, session.executor().perform(lease, wanted, call, request.reply));
    }

    /**
     * On a worker: tells the event loop how it went and gives the connection back where nothing
     * needs it. The answer goes first, so that the client does not wait for a reset.
     */
    private void settle(Request request, Lease lease, Outcome outcome) {
        TransactionState now = session.executor().transaction(lease);
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
        session.client().execute(() -> settled(request, lease, outcome, now, keep));
        if (!keep) {
            if (lost) {
                lease.doom();
            }
            lease.release();
        }
    }

    private void settled(
            Request request, Lease lease, Outcome outcome, TransactionState now, boolean keep) {
        if (request.onHome) {
            homeWork--;
        }
        request.ended = !(outcome instanceof Outcome.Suspended);
        if (closed) {
            disarm(request);
            if (keep && lease != home) {
                lease.submit(lease::release);
            }
            session.journal().finished(request, Faults.cancelled());
            return;
        }
        boolean belongs = request.onHome || now != TransactionState.NONE || request.pins != null;
        if (belongs) {
            ran(request, lease, outcome, now, keep);
        }
        switch (outcome) {
            case Outcome.Suspended suspended -> setAside(request, suspended);
            case Outcome.Finished finished -> finished(request);
            case Outcome.Failed failed -> failed(request, failed.fault());
        }
        if (!keep && lease == home) {
            home = null;
            pins = Set.of();
        }
        releaseHomeIfFree();
        next();
    }

    private void ran(
            Request request, Lease lease, Outcome outcome, TransactionState now, boolean keep) {
        boolean ended = state.transaction() != TransactionState.NONE && now == TransactionState.NONE;
        state.ran(now);
        boolean finished = outcome instanceof Outcome.Finished;
        if (ended && !(finished && effects.ends(request))) {
            state.ended(finished);
        }
        boolean stays = now != TransactionState.NONE || request.pins != null;
        if (keep && home == null && stays) {
            home = lease;
            request.onHome = true;
        }
        PinReason reason = request.pins;
        if (finished && reason != null && !pins.contains(Pins.text(reason))) {
            Set<String> more = new LinkedHashSet<>(pins);
            more.add(Pins.text(reason));
            pins = Set.copyOf(more);
            request.reply.warning(Pins.warning(reason));
        }
    }

    private void finished(Request request) {
        disarm(request);
        if (request.onSuccess != null) {
            request.onSuccess.run();
        }
        tellCount(request);
        session.journal().finished(request, null);
        end(request, null);
    }

    private void failed(Request request, Fault fault) {
        disarm(request);
        if (request.onFailure != null) {
            request.onFailure.run();
        }
        Fault told = fault;
        if (request.timedOut && fault.sqlState().equals("57014")) {
            told = Faults.statementTimeout(request.timeout);
        } else if (request.timedOut) {
            told = fault.as(FaultClass.TIMEOUT);
        }
        session.journal().finished(request, told);
        end(request, told);
    }

    /** Ends a request towards its client; null is success. */
    private void end(Request request, @Nullable Fault fault) {
        disarm(request);
        aside.remove(request.id);
        if (fault == null) {
            request.reply.done(state.reported());
        } else {
            request.reply.failed(fault, state.reported());
        }
        if (foreground == request) {
            foreground = null;
            next();
        }
    }

    private void setAside(Request request, Outcome.Suspended suspended) {
        request.cursor = suspended.cursor();
        request.reply.flush();
        aside.put(request.id, request);
        if (foreground == request) {
            foreground = null;
        }
        resume(request);
    }

    /** A worker waits for demand inside a request: later ones go on meanwhile. */
    void waits(Request request) {
        if (foreground == request) {
            aside.put(request.id, request);
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
        for (Request request : List.copyOf(aside.values())) {
            request.reply.demand().signal();
            resume(request);
        }
    }

    /** The request of that id, if it is unfinished. */
    Optional<Request> unfinished(int id) {
        if (foreground != null && (id == 0 || foreground.id == id)) {
            return Optional.of(foreground);
        }
        return Optional.ofNullable(aside.get(id));
    }

    /** Goes on with a set-aside request when it has a cursor and rows are wanted. */
    void resume(Request request) {
        var cursor = request.cursor;
        Lease lease = request.lease;
        if (cursor == null || lease == null || closed) {
            return;
        }
        if (request.reply.demand().abandoned()) {
            request.cursor = null;
            count(request);
            lease.submit(
                    () -> {
                        session.executor().abandon(lease, cursor);
                        settle(request, lease, new Outcome.Finished());
                    });
        } else if (request.reply.demand().wanted()) {
            request.cursor = null;
            count(request);
            lease.submit(
                    () ->
                            settle(
                                    request,
                                    lease,
                                    session.executor().resume(lease, cursor, request.reply)));
        }
    }

    private void count(Request request) {
        if (request.onHome) {
            homeWork++;
        }
    }

    /** The client no longer wants the rows of a request. */
    void abandon(Request request) {
        request.reply.demand().abandon();
        resume(request);
    }

    /** Cancels a request wherever it is on its walk. */
    void cancel(Request request) {
        request.cancelled = true;
        Lease lease = request.lease;
        if (lease != null && request.cursor == null) {
            session.executor().cancel(lease, request.checkout);
            if (request != foreground) {
                request.reply.demand().abandon();
            }
        } else if (request.cursor != null) {
            abandon(request);
        } else if (request.waiting != null && request.waiting.giveUp()) {
            failed(request, Faults.cancelled());
        }
    }

    private void arm(Request request, LogicalConnection target) {
        Duration limit = Limits.strictest(request, target);
        if (!limit.isZero()) {
            request.timer = session.client().schedule(() -> timedOut(request), limit);
        }
    }

    private void timedOut(Request request) {
        request.timedOut = true;
        insist(request, session.nanoTime());
    }

    /** Cancels until the request has ended; past the grace its backend connection is cut off. */
    private void insist(Request request, long since) {
        if (request.ended) {
            return;
        }
        cancel(request);
        Lease lease = request.lease;
        if (lease != null && session.nanoTime() - since > session.cancelGrace().toNanos()) {
            lease.abort();
            return;
        }
        request.timer = session.client().schedule(() -> insist(request, since), INSISTENCE);
    }

    private static void disarm(Request request) {
        if (request.timer != null) {
            request.timer.run();
            request.timer = null;
        }
    }

    private void releaseHomeIfFree() {
        Lease lease = home;
        if (lease == null || homeWork > 0 || !pins.isEmpty()) {
            return;
        }
        boolean used = aside.values().stream().anyMatch(r -> r.lease == lease);
        if (state.transaction() == TransactionState.NONE && !used) {
            home = null;
            lease.submit(lease::release);
        }
    }

    private void idleInTransaction(Duration limit) {
        Lease lease = home;
        if (lease == null || foreground != null) {
            return;
        }
        home = null;
        lease.submit(lease::release);
        state.ended(false);
        session.end(Faults.idleInTransaction(limit));
    }

    /** The client is gone: everything stops and every connection goes back. */
    void close() {
        closed = true;
        idle.stop();
        queue.clear();
        if (foreground != null) {
            disarm(foreground);
            foreground.reply.demand().abandon();
            stop(foreground);
        }
        for (Request request : aside.values()) {
            disarm(request);
            request.reply.demand().abandon();
            stop(request);
        }
        aside.clear();
        Lease lease = home;
        if (lease != null) {
            home = null;
            lease.submit(lease::release);
        }
    }

    private void stop(Request request) {
        request.cancelled = true;
        Lease lease = request.lease;
        if (lease == null) {
            if (request.waiting != null) {
                request.waiting.giveUp();
            }
        } else if (request.cursor == null) {
            insist(request, session.nanoTime());
        } else if (lease != home) {
            request.cursor = null;
            lease.submit(lease::release);
        }
    }
}
