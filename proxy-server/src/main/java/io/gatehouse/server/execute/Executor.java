package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.gate.Signer;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Runs calls on leases. Stateless and thread-safe; every method but {@link #cancel} is called on
 * the lease's worker, and none throws: what goes wrong is an outcome.
 */
public final class Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    private final LongSupplier nanoTime;
    private final MaskedValues masks;

    /** With the system's clock, and without a key for hashes. */
    public Executor() {
        this(System::nanoTime, text -> new byte[0]);
    }

    /**
     * @param nanoTime as {@link System#nanoTime()}
     * @param signer makes the codes by which hashed values are shown
     */
    public Executor(LongSupplier nanoTime, Signer signer) {
        this.nanoTime = nanoTime;
        this.masks = new MaskedValues(signer);
    }

    /**
     * Carries a call out and streams what comes of it into the sink. Where the connection turns out
     * to have been dead, and nothing can have happened twice, another one is tried once.
     *
     * @param state what the session wants the connection to be like; applied before the call where
     *     it differs
     */
    public Outcome perform(Lease lease, CarriedState state, Call call, RowSink sink) {
        long start = nanoTime.getAsLong();
        Outcome outcome = Inflows.told(call, performOnce(lease, state, call, sink));
        if (outcome instanceof Outcome.Failed failed) {
            Loss loss = new Loss(lease, call, failed);
            Duration after = Duration.ofNanos(nanoTime.getAsLong() - start);
            if (loss.mayRetry(after) && lease.replace()) {
                Outcome again = performOnce(lease, state, call, sink);
                return again instanceof Outcome.Failed twice
                        ? new Loss(lease, call, twice).told()
                        : again;
            }
            return loss.told();
        }
        return outcome;
    }

    /** Whether what the call may change stays once it has ended, whatever its client hears. */
    public boolean changes(Call call) {
        return Changes.stay(call);
    }

    private Outcome performOnce(Lease lease, CarriedState state, Call call, RowSink asked) {
        LeaseState.of(lease).called(lease);
        MaskedSink masked;
        try {
            masked = Masking.over(lease, call, asked, masks);
        } catch (GatehouseException e) {
            return new Outcome.Failed(e.fault(), false);
        }
        RowSink sink = masked == null ? asked : masked;
        Outcome outcome =
                guarded(
                        lease,
                        masked == null ? null : masked.withheld(),
                        () ->
                                switch (call) {
                                    case Call.Run run -> Running.run(lease, state, run, sink);
                                    case Call.Batch batch -> Batches.run(lease, state, batch, sink);
                                    case Call.BatchTexts texts ->
                                            Batches.run(lease, state, texts, sink);
                                    case Call.Describe describe ->
                                            Describing.run(lease, state, describe, sink);
                                    case Call.Catalog catalog ->
                                            CatalogCalls.run(lease, state, catalog, sink);
                                    case Call.Transact transact ->
                                            Transactions.run(lease, state, transact);
                                    case Call.Branching step -> Branches.run(lease, state, step);
                                    case Call.Recover ask ->
                                            Branches.recover(lease, state, ask, sink);
                                    case Call.Ping ping -> Running.ping(lease, state, ping);
                                });
        if (masked != null && outcome instanceof Outcome.Suspended suspended) {
            switch (suspended.cursor()) {
                case OpenCursor open -> open.masked(masked);
            }
        }
        return outcome;
    }

    /** Whether nothing of the last call's answer has been told. */
    public boolean unanswered(Lease lease) {
        return switch (LeaseState.of(lease).progress()) {
            case NOT_SENT, SENT -> true;
            case ANSWERED, COMPLETE -> false;
        };
    }

    /** Whether the last call's statement has been put to the backend. */
    public boolean sent(Lease lease) {
        return LeaseState.of(lease).progress() != LeaseState.Progress.NOT_SENT;
    }

    /** Goes on with a result that was suspended. */
    public Outcome resume(Lease lease, Cursor cursor, RowSink sink) {
        return switch (cursor) {
            case OpenCursor open -> {
                RowSink to = open.masked() == null ? sink : open.masked().over(sink);
                Outcome outcome = guarded(lease, withheld(open), () -> open.resume(to));
                yield outcome instanceof Outcome.Failed failed ? open.told(failed) : outcome;
            }
        };
    }

    /**
     * Closes a result that was suspended; its remaining rows are not read.
     *
     * @param cancelled whether its client cancels the statement, rather than having seen enough: a
     *     change that can still be undone is
     */
    public Outcome abandon(Lease lease, Cursor cursor, boolean cancelled) {
        return switch (cursor) {
            case OpenCursor open -> {
                boolean inTransaction = Transactions.isOpen(lease);
                Outcome outcome = guarded(lease, withheld(open), () -> open.abandon(cancelled));
                yield outcome instanceof Outcome.Failed failed
                        ? abandoned(open, failed, inTransaction)
                        : outcome;
            }
        };
    }

    private static @Nullable Withheld withheld(OpenCursor open) {
        MaskedSink masked = open.masked();
        return masked == null ? null : masked.withheld();
    }

    /** Rows that nobody wants cannot fail, but what their statement or transaction did can. */
    private static Outcome abandoned(
            OpenCursor open, Outcome.Failed failed, boolean inTransaction) {
        boolean matters = open.changes() || (failed.connectionLost() && inTransaction);
        return matters ? open.told(failed) : new Outcome.Finished();
    }

    /**
     * Cancels what runs on that checkout, and never anything else. Any thread; does not block. The
     * call that is hit ends as the backend ends it; the lease is not given back before the cancel
     * is resolved.
     */
    public void cancel(Lease lease, long checkout) {
        lease.cancel(checkout);
    }

    /**
     * The reasons for which a session may keep its connection that are over, as the server says.
     * Costs a round trip after statements that may have ended one, and nothing else.
     *
     * @param done what succeeded; empty where no text reached the backend
     */
    public Set<PinReason> over(Lease lease, List<Permitted> done) {
        try {
            return Leftovers.of(lease).over(lease, done);
        } catch (SQLException e) {
            // Without an answer nothing is over.
            LOG.debug("{} cannot be asked what pins it", lease, e);
            return Set.of();
        }
    }

    /** Where the lease is with respect to transactions. Costs no round trip. */
    public TransactionState transaction(Lease lease) {
        try {
            return Transactions.state(lease);
        } catch (SQLException e) {
            // Only a closed connection cannot tell.
            lease.doom();
            return TransactionState.NONE;
        }
    }

    private interface Work {
        Outcome go() throws SQLException, InterruptedException;
    }

    /**
     * What a doomed connection still holds open will be rolled back, so that the client must hear
     * of a loss although its last statement went well.
     */
    private static Outcome guarded(Lease lease, @Nullable Withheld withheld, Work work) {
        Outcome outcome = attempted(lease, withheld, work);
        lease.ended();
        boolean told = outcome instanceof Outcome.Failed failed && failed.connectionLost();
        if (!told && lease.doomed() && Transactions.isOpen(lease)) {
            String name = lease.target().name();
            return new Outcome.Failed(
                    Faults.backendLost(name, "a cancel of its statement is in doubt"), true);
        }
        return outcome;
    }

    private static Outcome attempted(Lease lease, @Nullable Withheld withheld, Work work) {
        try {
            return work.go();
        } catch (SQLException e) {
            Outcome.Failed failed = SqlFaults.failed(lease, e);
            return new Outcome.Failed(
                    Withheld.of(withheld, failed.fault()),
                    failed.connectionLost(),
                    failed.byDriver());
        } catch (GatehouseException e) {
            return new Outcome.Failed(e.fault(), lease.doomed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lease.doom();
            return new Outcome.Failed(Faults.shuttingDown(), true);
        } catch (RuntimeException | OutOfMemoryError e) {
            // A driver or a sink broke its contract: nothing is known about the connection.
            lease.doom();
            String reference = UUID.randomUUID().toString();
            LOG.error("reference {}: a call on {} failed", reference, lease, e);
            Fault fault = Faults.internal(reference);
            return new Outcome.Failed(fault, true);
        }
    }
}
