package io.gatehouse.server.pool;

import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.kind.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One borrower's use of one backend connection. Works given to {@link #submit} run in order and
 * never overlap; methods that do not say otherwise are called from such work only.
 */
public final class Lease {
    private final Pool pool;
    private final LogicalConnection target;
    private volatile Backends.Borrowed backend;
    private final Turns turns;
    private final Threads threads;
    private final Cancelling cancelling;
    private final Place place;
    private final long checkout;
    private final Set<String> pins = new ConcurrentSkipListSet<>();

    private boolean dirty;
    private volatile boolean resumed;
    private boolean irreplaceable;
    private @Nullable Long keptUntil;
    private volatile boolean doomed;
    private volatile boolean aborted;
    private boolean discarded;
    private boolean released;

    Lease(
            Pool pool,
            LogicalConnection target,
            Backends.Borrowed backend,
            Threads threads,
            Place place,
            long checkout) {
        this.pool = pool;
        this.target = target;
        this.backend = backend;
        this.turns = new Turns(threads, backend.backing().loop());
        this.threads = threads;
        this.cancelling =
                new Cancelling(threads.blocking(), target.timeouts().cancelGrace(), this::doom);
        this.place = place;
        this.checkout = checkout;
        Permits.Kept kept = place.kept;
        this.resumed =
                kept != null
                        && kept.checkout() == place.task.follows()
                        && kept.backend().equals(backend);
    }

    Place place() {
        return place;
    }

    /** A statement begins, or goes on: from now on it counts how long it takes. */
    public void works(long nanoTime) {
        place.works(nanoTime);
    }

    /** The statement waits for its client. */
    public void rests() {
        place.rests();
    }

    /**
     * The statement ended.
     *
     * @param fingerprint what tells it from others; empty where it is to be forgotten
     * @param nanos how long it was at work
     * @param finished whether it came to its own end
     */
    public void took(String fingerprint, long nanos, boolean finished) {
        pool.ended(place, fingerprint, nanos, finished);
    }

    /** Runs the borrower's first work on the calling worker. */
    @Nullable Onward begin(Runnable work) {
        return turns.begin(work);
    }

    /** The kind of the backend. Any thread. */
    public Kind kind() {
        return target.kind();
    }

    /** The logical connection. Any thread. */
    public LogicalConnection target() {
        return target;
    }

    /** Differs between any two leases of this process: binds cancels to one of them. Any thread. */
    public long checkout() {
        return checkout;
    }

    /**
     * Whether the connection is the one that the borrower asked for by {@link LeaseTask#follows},
     * with whatever it left there: nobody had it in between. Any thread.
     */
    public boolean resumed() {
        return resumed;
    }

    /** The borrower needs what is on this very connection: {@link #replace} takes no other. */
    public void irreplaceable() {
        irreplaceable = true;
    }

    /** A statement of this user asked for generated keys. */
    public void asksForKeys() {
        place.share.asksForKeys = true;
    }

    /** Whether this user's statements ask for generated keys, as far as was seen. */
    public boolean userAsksForKeys() {
        return place.share.asksForKeys;
    }

    /**
     * Whether to release before the borrower hears of its statement: where the connection is kept
     * for what its next one may ask, which must not come too early; and where others' are kept, one
     * of which it would be lent while this one is still out. Never where a reset has to be waited
     * for.
     *
     * @param leaves whether the borrower has left something on it just now; else the time for which
     *     it was kept before goes on, if it was
     */
    public boolean endsFirst(boolean leaves) {
        return keep(leaves) || (pool.keeping().any() && !doomed && !needsReset());
    }

    /** Has the connection kept after the release, while nobody needs it; false if it cannot be. */
    boolean keep(boolean anew) {
        if ((!anew && !resumed) || doomed || needsReset()) {
            return false;
        }
        keptUntil = pool.keeping().until(anew ? null : place.kept, backend.backing());
        return keptUntil != null;
    }

    /** Runs work on a worker, after all work given earlier. Any thread; never blocks. */
    public void submit(Runnable work) {
        turns.submit(work);
    }

    /** What follows keeps its thread busy: where an event loop carries it, a worker takes over. */
    public void leaveLoop() {
        LoopWorkers.leaveLoop();
    }

    /** The driver's connection. */
    public Connection connection() {
        return backend.raw();
    }

    /** What can take rows off the connection before the driver stores them, if anything can. */
    public @Nullable RowTap tap() {
        return backend.backing().tap();
    }

    /** What another room keeps with this backend connection; made at its first use. */
    public <T extends Attachment> T attachment(Class<T> type, Supplier<T> maker) {
        return backend.backing().attachment(type, maker);
    }

    /** Whether {@link #apply} would send anything. */
    public boolean differs(CarriedState wanted) {
        return backend.backing().differs(wanted);
    }

    /** Makes the connection's state the wanted one; costs nothing where it is. */
    public void apply(CarriedState wanted) throws SQLException {
        backend.backing().apply(connection(), wanted);
    }

    /** The connection has this state now, by a statement of the client itself. */
    public void assume(CarriedState state) {
        backend.backing().assume(state);
    }

    /** The state that the connection has, as far as is known. */
    public CarriedState applied() {
        return backend.backing().applied();
    }

    /** State may have changed back, as after a rollback: all of it is set anew before next use. */
    public void doubtApplied() {
        backend.backing().doubtApplied();
    }

    /** The connection has what no reset undoes: it is closed on return. */
    public void spend() {
        backend.backing().spend();
    }

    /** The session holds on to this lease, for a named reason; implies a full reset on return. */
    public void pin(String reason) {
        pins.add(reason);
    }

    /** Takes a reason away again; unless it left nothing behind, the full reset stays due. */
    public void unpin(String reason, boolean clean) {
        if (pins.remove(reason) && !clean) {
            dirty = true;
        }
    }

    /** Closes the connection now, rather than on return. */
    public void close() throws SQLException {
        doomed = true;
        connection().close();
    }

    /** Why the session holds on to this lease. Any thread. */
    public Set<String> pins() {
        return pins.isEmpty() ? Set.of() : Set.copyOf(pins);
    }

    /** State may have changed that is not carried: the connection is reset in full on return. */
    public void markDirty() {
        dirty = true;
    }

    /** The connection is closed on return. Any thread. */
    public void doom() {
        doomed = true;
    }

    /** The connection broke: it is closed on return. */
    public void lost() {
        if (!doomed) {
            // Otherwise the broker itself may have cut it off.
            pool.backends().lost();
            doomed = true;
        }
    }

    /** Whether the connection is closed on return. Any thread. */
    public boolean doomed() {
        return doomed;
    }

    /** Cuts the connection off at once, whatever runs on it, and dooms it. Any thread. */
    public void abort() {
        aborted = true;
        doomed = true;
        // MariaDB's driver opens a connection for it, to kill what runs.
        threads.blocking().execute(this::cutOff);
    }

    private void cutOff() {
        try {
            backend.backing().cutOff();
            backend.raw().abort(Runnable::run);
        } catch (SQLException | IOException e) {
            // The connection is closed on return in any case.
            doomed = true;
        }
    }

    /**
     * Closes the connection, which broke, and takes another in its place; only while nothing of the
     * borrower's has happened on it. May block, as opening a connection does.
     *
     * @return false when there is none to be had, or the lease was aborted
     */
    public boolean replace() {
        if (aborted || released || discarded || irreplaceable || !pins.isEmpty()) {
            return false;
        }
        discarded = true;
        resumed = false;
        pool.backends().suspect();
        pool.backends().discard(backend);
        try {
            backend = pool.backends().borrow(place.loop);
        } catch (Refusal refusal) {
            return false;
        }
        discarded = false;
        doomed = aborted;
        return !aborted;
    }

    /**
     * A statement begins that {@link #cancel} may stop until {@link #ended}.
     *
     * @param canceller asks the backend to cancel it; may block
     */
    public void running(Canceller canceller) {
        cancelling.running(canceller);
    }

    /**
     * The statement has ended; returns when no cancel of it is under way any more. Where one may
     * still come, the lease is doomed.
     */
    public void ended() {
        cancelling.ended();
    }

    /**
     * Cancels what runs, if this is still that checkout. Any thread; does not block.
     *
     * @return whether something ran
     */
    public boolean cancel(long ofCheckout) {
        return ofCheckout == checkout && cancelling.cancel();
    }

    /** Asks a backend to stop a statement. */
    @FunctionalInterface
    public interface Canceller {
        void cancel() throws SQLException;
    }

    /**
     * Ends the lease: rolls back what is open, resets what may have changed, and gives the
     * connection back or closes it. Later calls do nothing.
     */
    public void release() {
        if (released) {
            return;
        }
        released = true;
        cancelling.ended();
        if (doomed) {
            pool.backends().suspect();
        }
        Permits.Kept kept = null;
        if (!doomed && clean()) {
            pool.backends().worked(backend);
            kept = pool.keeping().ended(checkout, backend, keptUntil);
            if (kept == null) {
                pool.backends().giveBack(backend);
            }
        } else if (!discarded) {
            pool.backends().discard(backend);
        }
        Onward next = pool.returned(this, kept);
        if (next != null) {
            turns.after(next);
        }
    }

    /** Whether the connection is fit for the next borrower. */
    private boolean clean() {
        try {
            backend.backing().returned();
            boolean reset = needsReset();
            if (!reset && Cleaning.isIdle(connection())) {
                return true;
            }
            ScheduledFuture<?> watch = cutOffLater();
            try {
                return Cleaning.clean(kind(), connection(), backend.backing(), reset);
            } finally {
                watch.cancel(false);
            }
        } catch (SQLException | RuntimeException e) {
            // In doubt: closed. What failed here concerns no client any more.
            doomed = true;
            return false;
        }
    }

    private boolean needsReset() {
        return dirty || !pins.isEmpty() || backend.backing().createsTemporary();
    }

    /** A backend that does not answer must not keep the worker for ever. */
    private ScheduledFuture<?> cutOffLater() {
        // Aborting may block, and the timer must not.
        return threads.timer()
                .schedule(
                        () -> threads.blocking().execute(this::abort),
                        target.pool().connectTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public String toString() {
        return "Lease[" + target.name() + " #" + checkout + "]";
    }
}
