package io.gatehouse.server.boot;

import io.gatehouse.server.admin.ApprovalDesk;
import io.gatehouse.server.admin.ApprovalView;
import io.gatehouse.server.audit.AuditLog;
import io.gatehouse.server.audit.AuditRecord;
import io.gatehouse.server.auth.Authenticator;
import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.gate.Approval;
import io.gatehouse.server.gate.Approvals;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets proven people decide on approvals, and puts their decisions on record. Thread-safe. */
final class ApprovalOffice implements ApprovalDesk {
    private static final String DOOR = "admin";
    private static final int MOST_WRONG = 10;
    private static final Duration WRONG_FOR = Duration.ofMinutes(1);

    private final Authenticator authenticator;
    private final Approvals approvals;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Deque<Instant> wrong = new ArrayDeque<>();

    ApprovalOffice(
            Authenticator authenticator, Approvals approvals, AuditLog audit, InstantSource clock) {
        this.authenticator = authenticator;
        this.approvals = approvals;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Outcome show(Claim claim) {
        if (guessed()) {
            return new Outcome.NotNow();
        }
        Optional<Principal> who = proven(claim);
        if (who.isEmpty()) {
            return new Outcome.NotProven();
        }
        List<ApprovalView> shown =
                approvals.all().stream()
                        .filter(a -> mayDecide(a, who.get()))
                        .map(ApprovalOffice::view)
                        .toList();
        return new Outcome.Shown(shown);
    }

    private Optional<Principal> proven(Claim claim) {
        Optional<Principal> who = authenticator.prove(claim.user(), claim.password());
        if (who.isEmpty()) {
            synchronized (wrong) {
                wrong.addLast(clock.instant());
                if (wrong.size() > MOST_WRONG) {
                    wrong.removeFirst();
                }
            }
        }
        return who;
    }

    /** Whether passwords are being guessed: this port cannot make whoever does it wait. */
    private boolean guessed() {
        Instant since = clock.instant().minus(WRONG_FOR);
        synchronized (wrong) {
            return wrong.size() == MOST_WRONG && wrong.getFirst().isAfter(since);
        }
    }

    private static boolean mayDecide(Approval approval, Principal who) {
        return !approval.user().equals(who.user())
                && approval.terms().mayApprove(who.user(), who.groups());
    }

    @Override
    public Outcome decide(Claim claim, String id, boolean approves) {
        if (guessed()) {
            return new Outcome.NotNow();
        }
        Optional<Principal> who = proven(claim);
        if (who.isEmpty()) {
            return new Outcome.NotProven();
        }
        Principal by = who.get();
        return switch (approvals.decide(id, by.user(), by.groups(), approves)) {
            case Approvals.Outcome.Done done -> {
                record(done.approval(), by, approves);
                yield new Outcome.Decided(view(done.approval()));
            }
            case Approvals.Outcome.Unknown unknown -> new Outcome.Unknown();
            case Approvals.Outcome.TooLate late -> new Outcome.TooLate(view(late.approval()));
            case Approvals.Outcome.NotYours no -> new Outcome.NotAllowed(no.why());
        };
    }

    private void record(Approval approval, Principal by, boolean approves) {
        audit.record(
                new AuditRecord(
                        clock.instant(),
                        "",
                        by.user(),
                        "",
                        DOOR,
                        approval.connection(),
                        "",
                        "",
                        approval.fingerprint(),
                        approval.normalized(),
                        "",
                        "",
                        "",
                        by.groups(),
                        "",
                        Set.of(),
                        List.of(),
                        approves ? AuditRecord.Verdict.APPROVED : AuditRecord.Verdict.REJECTED,
                        approval.rule(),
                        approval.policyVersion(),
                        "00000",
                        0,
                        0,
                        0,
                        "",
                        List.of(),
                        List.of(approval.id() + " of " + approval.user()),
                        List.of(),
                        List.of()));
    }

    private static ApprovalView view(Approval approval) {
        String state =
                switch (approval.state()) {
                    case Approval.State.Waiting waiting -> "waiting";
                    case Approval.State.Approved approved -> "approved";
                    case Approval.State.Rejected rejected -> "rejected";
                };
        String by =
                switch (approval.state()) {
                    case Approval.State.Waiting waiting -> "";
                    case Approval.State.Approved approved -> approved.by();
                    case Approval.State.Rejected rejected -> rejected.by();
                };
        return new ApprovalView(
                approval.id(),
                state,
                by,
                approval.until(),
                approval.user(),
                approval.connection(),
                approval.address(),
                approval.application(),
                approval.role(),
                approval.path(),
                approval.rule(),
                approval.reason(),
                approval.statement());
    }
}
