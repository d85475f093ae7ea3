package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.CarriedState;
import io.gatehouse.server.pool.Lease;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.UUID;

/**
 * Runs calls on leases. Stateless and thread-safe; every method but {@link #cancel} is called on
 * the lease's worker, and none throws: what goes wrong is an outcome.
 */
public final class Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    /**
     * Carries a call out and streams what comes of it into the sink.
     *
     * @param state what the session wants the connection to be like; applied before the call where
     *     it differs
     */
    public Outcome perform(Lease lease, CarriedState state, Call call, RowSink sink) {
        return guarded(
                lease,
                () ->
                        switch (call) {
                            case Call.Run run -> Running.run(lease, state, run, sink);
                            case Call.Batch batch -> Batches.run(lease, state, batch, sink);
                            case Call.BatchTexts texts -> Batches.run(lease, state, texts, sink);
                            case Call.Describe describe ->
                                    Describing.run(lease, state, describe, sink);
                            case Call.Catalog catalog ->
                                    CatalogCalls.run(lease, state, catalog, sink);
                            case Call.Transact transact -> Transactions.run(lease, state, transact);
                            case Call.Ping ping -> Running.ping(lease, state, ping);
                        });
    }

    /** Goes on with a result that was suspended. */
    public Outcome resume(Lease lease, Cursor cursor, RowSink sink) {
        return switch (cursor) {
            case OpenCursor open -> guarded(lease, () -> open.resume(sink));
        };
    }

    /** Closes a result that was suspended; its remaining rows are not read. */
    public void abandon(Lease lease, Cursor cursor) {
        switch (cursor) {
            case OpenCursor open ->
                    guarded(
                            lease,
                            () -> {
                                open.abandon();
                                return new Outcome.Finished();
                            });
        }
    }

    /**
     * Cancels what runs on that checkout, and never anything else. Any thread; does not block. The
     * call that is hit ends as the backend ends it; the lease is not given back before the cancel
     * is resolved.
     */
    public void cancel(Lease lease, long checkout) {
        lease.cancel(checkout);
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

    private static Outcome guarded(Lease lease, Work work) {
        try {
            return work.go();
        } catch (SQLException e) {
            return SqlFaults.failed(lease, e);
        } catch (GatehouseException e) {
            return new Outcome.Failed(e.fault(), lease.doomed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lease.doom();
            return new Outcome.Failed(Faults.shuttingDown(), true);
        } catch (RuntimeException e) {
            // A driver or a sink broke its contract: nothing is known about the connection.
            lease.doom();
            String reference = UUID.randomUUID().toString();
            LOG.error("reference {}: a call on {} failed", reference, lease, e);
            Fault fault = Faults.internal(reference);
            return new Outcome.Failed(fault, true);
        } finally {
            lease.ended();
        }
    }
}
