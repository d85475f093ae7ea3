package io.gatehouse.server.execute;

import io.gatehouse.server.kind.TwoPhase;
import io.gatehouse.server.pool.Lease;

import java.time.Duration;

/** A call that failed, and most often lost its backend connection. */
final class Loss {
    /**
     * A connection that was dead before it was used says so at once. One that was lost later was
     * alive, and what ran on it may be what broke it: that must not run again.
     */
    private static final Duration STALE = Duration.ofSeconds(1);

    private final Lease lease;
    private final Call call;
    private final Outcome.Failed failed;
    private final LeaseState known;

    Loss(Lease lease, Call call, Outcome.Failed failed) {
        this.lease = lease;
        this.call = call;
        this.failed = failed;
        this.known = LeaseState.of(lease);
    }

    /** Whether the call may run on another connection: at most once for the backend's data. */
    boolean mayRetry(Duration after) {
        if (!failed.connectionLost()
                || !isSilent()
                || !known.isFirstCall()
                || Inflows.begun(call)
                || after.compareTo(STALE) > 0) {
            return false;
        }
        return switch (known.progress()) {
            case NOT_SENT -> call instanceof Call.Run || call instanceof Call.Batch || begins();
            case SENT ->
                    call instanceof Call.Run run && !run.inTransaction() && Changes.onlyReads(run);
            case ANSWERED, COMPLETE -> false;
        };
    }

    /** What the server had begun went with the connection. */
    private boolean begins() {
        return call instanceof Call.Recover
                || (call instanceof Call.Branching branching
                        && branching.step() == TwoPhase.Step.START);
    }

    /** The outcome as the client must hear it: a change may have been made all the same. */
    Outcome.Failed told() {
        LeaseState.Progress progress = known.progress();
        return progress != LeaseState.Progress.NOT_SENT && Changes.stay(call)
                ? Changes.told(lease, failed, progress == LeaseState.Progress.COMPLETE)
                : failed;
    }

    /** Whether the backend said nothing itself, as one does not that was there. */
    private boolean isSilent() {
        return failed.fault().sqlState().startsWith("08")
                && !failed.fault().sqlState().equals("08007");
    }
}
