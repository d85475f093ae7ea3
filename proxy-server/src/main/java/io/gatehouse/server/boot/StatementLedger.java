package io.gatehouse.server.boot;

import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.audit.AuditLog;
import io.gatehouse.server.audit.AuditRecord;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.meter.ConnectionMeter;
import io.gatehouse.server.meter.ConnectionMeter.StatementEnd;
import io.gatehouse.server.meter.Meter;
import io.gatehouse.server.session.Ledger;
import io.gatehouse.server.session.SessionView;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts every statement into the audit log and the figures. Thread-safe. */
final class StatementLedger implements Ledger {
    private static final double NANOS_PER_MILLI = 1e6;

    private final AuditLog audit;
    private final boolean literals;
    private final Meter meter;
    private final InstantSource clock;
    private final Set<Integer> pinned = ConcurrentHashMap.newKeySet();

    /**
     * @param literals whether texts are on record as they were sent, too
     */
    StatementLedger(AuditLog audit, boolean literals, Meter meter, InstantSource clock) {
        this.audit = audit;
        this.literals = literals;
        this.meter = meter;
        this.clock = clock;
    }

    @Override
    public void statement(Entry entry) {
        SessionView session = entry.session();
        var figures = meter.connection(session.connection());
        figures.statement(end(entry), entry.nanos(), entry.rows());
        if (entry.waitNanos() > 0) {
            figures.waited(entry.waitNanos());
        }
        if (entry.cameBack() || entry.backend().startsWith("replica")) {
            figures.routed(!entry.cameBack());
        }
        boolean hit = entry.backend().equals("cache");
        if (hit || entry.missed()) {
            figures.recalled(hit);
        }
        countPins(session, figures);
        Fault fault = entry.fault();
        Asker asker = entry.asking().asker();
        audit.record(
                new AuditRecord(
                        clock.instant().minusNanos(entry.nanos()),
                        Integer.toString(session.id()),
                        session.user(),
                        session.address(),
                        entry.door(),
                        session.connection(),
                        session.application(),
                        entry.traceparent(),
                        entry.fingerprint(),
                        entry.normalized(),
                        literals ? entry.sql() : "",
                        entry.facts().dialect().key(),
                        entry.facts().digest(),
                        asker.groups(),
                        asker.role(),
                        asker.labels(),
                        entry.asking().path().schemas(),
                        verdict(entry.outcome()),
                        entry.rule(),
                        entry.policyVersion(),
                        fault == null ? "00000" : fault.sqlState(),
                        entry.rows(),
                        entry.nanos() / NANOS_PER_MILLI,
                        entry.waitNanos() / NANOS_PER_MILLI,
                        entry.backend(),
                        entry.observed(),
                        entry.approvals(),
                        entry.masks(),
                        List.copyOf(session.pins())));
    }

    private static AuditRecord.Verdict verdict(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> AuditRecord.Verdict.ALLOW;
            case DENIED -> AuditRecord.Verdict.DENY;
            case CONFIRM -> AuditRecord.Verdict.CONFIRM;
            case APPROVE -> AuditRecord.Verdict.APPROVE;
        };
    }

    /** Once for each time that a session begins to hold on to its backend connection. */
    private void countPins(SessionView session, ConnectionMeter figures) {
        if (session.pins().isEmpty()) {
            pinned.remove(session.id());
        } else if (pinned.add(session.id())) {
            figures.pinned();
        }
    }

    private static StatementEnd end(Entry entry) {
        Fault fault = entry.fault();
        if (!entry.allowed()) {
            return StatementEnd.DENIED;
        }
        if (fault == null) {
            return StatementEnd.OK;
        }
        return switch (fault.sqlState()) {
            case "57014" -> StatementEnd.CANCELLED;
            case "53300", "08001" -> StatementEnd.REFUSED;
            default -> StatementEnd.FAILED;
        };
    }

    @Override
    public void opened(SessionView session) {
        meter.connection(session.connection()).sessionOpened();
    }

    @Override
    public void closed(SessionView session) {
        pinned.remove(session.id());
        meter.connection(session.connection()).sessionClosed();
    }
}
