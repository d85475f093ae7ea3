package io.gatehouse.server.session;

import io.gatehouse.server.directory.Replicas;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.gate.Verdict;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Puts a session's statements on record. Owned by the event loop. */
final class Journal {
    private final Ledger ledger;
    private final LongSupplier nanoTime;
    private final String door;
    private final Supplier<SessionView> view;
    private volatile String lastFingerprint = "";

    /**
     * @param view the session as it is now
     */
    Journal(Ledger ledger, LongSupplier nanoTime, String door, Supplier<SessionView> view) {
        this.ledger = ledger;
        this.nanoTime = nanoTime;
        this.door = door;
        this.view = view;
    }

    String lastFingerprint() {
        return lastFingerprint;
    }

    void refused(Request request, Verdict.Refused refused) {
        refused(request.begunNanos, request.traceparent, refused);
    }

    /** Records what was refused at a first look, before there was a request. */
    void refused(long begunNanos, Verdict.Refused refused) {
        refused(begunNanos, "", refused);
    }

    private void refused(long begunNanos, String traceparent, Verdict.Refused refused) {
        lastFingerprint = refused.facts().fingerprint();
        ledger.statement(
                new Ledger.Entry(
                        view.get(),
                        door,
                        traceparent,
                        refused.asking(),
                        refused.sql(),
                        refused.facts(),
                        new Ledger.Judgement(
                                outcome(refused.why()),
                                refused.rule(),
                                refused.policyVersion(),
                                refused.observed(),
                                List.of(),
                                List.of()),
                        new Ledger.Ending(refused.fault(), 0, nanoTime.getAsLong() - begunNanos, 0),
                        Ledger.Source.NONE));
    }

    private static Ledger.Outcome outcome(Verdict.Why why) {
        return switch (why) {
            case DENIED -> Ledger.Outcome.DENIED;
            case CONFIRM -> Ledger.Outcome.CONFIRM;
            case APPROVE -> Ledger.Outcome.APPROVE;
        };
    }

    /** Records a request that passed the gate; one without texts leaves no record. */
    void finished(Request request, @Nullable Fault fault) {
        long nanos = nanoTime.getAsLong() - request.begunNanos;
        long wait = request.leasedNanos == 0 ? 0 : request.leasedNanos - request.begunNanos;
        for (Permitted permitted : request.permitted) {
            allowed(
                    permitted,
                    request.traceparent,
                    new Ledger.Ending(fault, request.reply.rows(), nanos, wait),
                    new Ledger.Source(backend(request), request.cameBack, request.attempt != null));
        }
    }

    private static String backend(Request request) {
        Lease lease = request.lease;
        String server = lease == null ? "" : Replicas.server(lease.target().name());
        return request.recalled ? "cache" : server;
    }

    /** Records a setting that came with the start-up message, as the SET that it stands for. */
    void startedWith(Permitted permitted, long begunNanos, @Nullable Fault fault) {
        long nanos = nanoTime.getAsLong() - begunNanos;
        allowed(permitted, "", new Ledger.Ending(fault, 0, nanos, 0), Ledger.Source.NONE);
    }

    private void allowed(
            Permitted permitted, String traceparent, Ledger.Ending ending, Ledger.Source source) {
        lastFingerprint = permitted.facts().fingerprint();
        ledger.statement(
                new Ledger.Entry(
                        view.get(),
                        door,
                        traceparent,
                        permitted.asking(),
                        permitted.sql(),
                        permitted.facts(),
                        new Ledger.Judgement(
                                Ledger.Outcome.ALLOWED,
                                permitted.rule(),
                                permitted.policyVersion(),
                                permitted.obligations().observed(),
                                permitted.approvals(),
                                permitted.obligations().masked()),
                        ending,
                        source));
    }
}
