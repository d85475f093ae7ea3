package io.gatehouse.server.session;

import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.pool.CarriedState;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What the sessions of both doors share: identity, walk, cancel, drain and end. */
abstract sealed class LiveSession implements Session permits ExtendedSession, PlainSession {
    /** Bytes of waiting requests above which reading pauses. */
    private static final long MOST_QUEUED_BYTES = 1 << 20;

    private final Opening opening;
    private final String door;
    private final String address;
    private final Consumer<LiveSession> onClose;
    private final SessionContext context;
    private final SessionState state;
    private final Walk walk;
    private final Journal journal;
    private final Holdings holdings;
    private @Nullable Runnable drained;
    private boolean ending;
    private boolean overdue;
    private boolean paused;

    LiveSession(Opening opening, Rooms rooms, String door, Consumer<LiveSession> onClose) {
        this.opening = opening;
        this.onClose = onClose;
        Kind kind = opening.target().kind();
        this.door = door;
        this.address = opening.client().address();
        this.journal = new Journal(rooms.ledger(), rooms.nanoTime(), door, this::view);
        this.context =
                new SessionContext(
                        opening.id(),
                        opening.client(),
                        opening.principal(),
                        opening.target(),
                        rooms,
                        journal,
                        new Askings(
                                opening.principal(),
                                address,
                                door,
                                this::carried,
                                this::namesInDoubt),
                        this::end);
        this.state = new SessionState(pristine(opening), kind.errorAbortsTransaction());
        this.walk = new Walk(context, state, this::progressed);
        this.holdings = new Holdings(state, walk::pins);
    }

    private static CarriedState pristine(Opening opening) {
        String application = opening.parameters().getOrDefault("application_name", "");
        CarriedState carried = CarriedState.PRISTINE.withApplicationName(application);
        String zone = opening.parameters().get("TimeZone");
        return zone == null ? carried : carried.withTimeZone(zone);
    }

    private CarriedState carried() {
        return state.carried();
    }

    private boolean namesInDoubt() {
        return state.namesInDoubt();
    }

    final int id() {
        return opening.id();
    }

    final int key() {
        return opening.key();
    }

    final Opening opening() {
        return opening;
    }

    final SessionContext context() {
        return context;
    }

    final SessionState state() {
        return state;
    }

    final Walk walk() {
        return walk;
    }

    final Holdings holdings() {
        return holdings;
    }

    /** The session as it is now, or was a moment ago. Any thread. */
    final SessionView view() {
        return new SessionView(
                opening.id(),
                opening.principal().user(),
                address,
                opening.client().encrypted(),
                opening.target().name(),
                state.application(),
                door,
                opening.since(),
                walk.running() ? "running" : "idle",
                state.reported() != TransactionState.NONE,
                walk.pins(),
                journal.lastFingerprint());
    }

    /** Sends what follows AuthenticationOk, at once or when it is known. */
    abstract void greet();

    /** Tells the client why the session ends; nothing is sent afterwards. */
    abstract void farewell(Fault why);

    /** Tells the client that the broker is draining, where the door has a way to. */
    abstract void announceDrain(Duration patience);

    /** Tells the client that what is unanswered is not carried out, where the door has a way to. */
    abstract void announceRest();

    /** Whether the client has sent a part of something and the rest is to come. */
    boolean midway() {
        return false;
    }

    /** Cancels whatever runs, then goes on with what is given. Any thread. */
    final void cancelRunning(Runnable noted) {
        opening.client()
                .execute(() -> {
                    running().ifPresent(walk::cancel);
                    noted.run();
                });
    }

    /** The request that a client means who cancels without naming one. */
    Optional<Request> running() {
        return walk.unfinished(0);
    }

    /** The client is gone: frees what was to be sent to it. */
    void forget() {}

    /** The client's socket takes more again, or no longer. */
    void writable() {}

    /** Ends the session at its next transaction boundary. Any thread. */
    final void drain(Duration patience, Runnable onClosed) {
        opening.client()
                .execute(() -> {
                    drained = onClosed;
                    announceDrain(patience);
                    rested();
                });
    }

    private void progressed() {
        boolean full =
                walk.backlog().size() >= context.limits().queued()
                        || walk.backlog().bytes() > MOST_QUEUED_BYTES;
        if (full != paused) {
            paused = full;
            opening.client().pauseReading(full);
        }
        rested();
    }

    /** Carries a request out after the ones before it; too many of them pause the reading. */
    final void enqueue(Request request) {
        walk.enqueue(request);
        progressed();
    }

    /** What was answered last is sent before the end. */
    private void rested() {
        if (mayLeave()) {
            opening.client().execute(this::leave);
        } else if (overdue) {
            opening.client().execute(this::cutShort);
        }
    }

    private boolean mayLeave() {
        return drained != null
                && !ending
                && !midway()
                && walk.atRest()
                && state.reported() == TransactionState.NONE;
    }

    private void leave() {
        if (mayLeave()) {
            announceRest();
            endNow(Faults.shuttingDown());
        }
    }

    /**
     * Ends the session wherever it is; only an end of its transaction that is under way may come
     * first, as nobody would know how it went. Any thread.
     */
    final void giveUp() {
        opening.client()
                .execute(() -> {
                    overdue = true;
                    cutShort();
                });
    }

    private void cutShort() {
        if (ending || walk.unfinished(0).filter(r -> r.endsTransaction).isPresent()) {
            return;
        }
        if (!midway() && !walk.running() && walk.backlog().size() == 0) {
            announceRest();
        }
        endNow(Faults.shuttingDown());
    }

    /** Ends the session now, telling the client why. Any thread. */
    final void end(Fault why) {
        opening.client().execute(() -> endNow(why));
    }

    private void endNow(Fault why) {
        if (!ending) {
            ending = true;
            farewell(why);
            opening.client().close();
        }
    }

    final boolean ending() {
        return ending;
    }

    @Override
    public final void writabilityChanged(boolean writable) {
        walk.demandChanged();
        writable();
    }

    @Override
    public final void disconnected() {
        ending = true;
        walk.close();
        forget();
        onClose.accept(this);
        if (drained != null) {
            drained.run();
        }
    }
}
