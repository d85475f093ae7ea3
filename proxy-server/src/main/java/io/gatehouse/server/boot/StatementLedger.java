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
import io.gatehouse.server.trace.SpanLog;
import io.gatehouse.server.trace.StatementSpan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts every statement into the audit log and the figures. Thread-safe. */
final class StatementLedger implements Ledger {
    private static final double NANOS_PER_MILLI = 1e6;

    private final AuditLog audit;
    private final boolean literals;
    private final Optional<SpanLog> spans;
    private final Meter meter;
    private final InstantSource clock;
    private final Set<Integer> pinned = ConcurrentHashMap.newKeySet();

    /**
     * @param literals whether texts are on record as they were sent, too
     * @param spans where statements of a trace that is sampled go as well
     */
    StatementLedger(
            AuditLog audit,
            boolean literals,
            Optional<SpanLog> spans,
            Meter meter,
            InstantSource clock) {
        this.audit = audit;
        this.literals = literals;
        this.spans = spans;
        this.meter = meter;
        this.clock = clock;
    }

    @Override
    public void statement(Entry entry) {
        SessionView session = entry.session();
        Judgement judgement = entry.judgement();
        Ending ending = entry.ending();
        Source source = entry.source();
        var figures = meter.connection(session.connection());
        figures.statement(end(entry), ending.nanos(), ending.rows());
        if (ending.waitNanos() > 0) {
            figures.waited(ending.waitNanos());
        }
        countSource(source, figures);
        countPins(session, figures);
        Instant start = clock.instant().minusNanos(ending.nanos());
        if (spans.isPresent() && StatementSpan.isSampled(entry.traceparent())) {
            spans.get().record(span(entry, start));
        }
        Asker asker = entry.asking().asker();
        audit.record(
                new AuditRecord(
                        start,
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
                        verdict(judgement.outcome()),
                        judgement.rule(),
                        judgement.policyVersion(),
                        sqlState(ending),
                        ending.rows(),
                        ending.nanos() / NANOS_PER_MILLI,
                        ending.waitNanos() / NANOS_PER_MILLI,
                        source.backend(),
                        judgement.observed(),
                        judgement.approvals(),
                        judgement.masks(),
                        session.pins().isEmpty() ? List.of() : List.copyOf(session.pins())));
    }

    private static StatementSpan span(Entry entry, Instant start) {
        return new StatementSpan(
                entry.traceparent(),
                start,
                entry.ending().nanos(),
                entry.ending().waitNanos(),
                entry.facts().dialect().key(),
                entry.facts().statements().getFirst().verb().name().toLowerCase(Locale.ROOT),
                entry.normalized(),
                entry.session().connection(),
                entry.session().user(),
                entry.session().application(),
                entry.source().backend(),
                entry.judgement().outcome().name().toLowerCase(Locale.ROOT),
                entry.judgement().rule(),
                sqlState(entry.ending()),
                entry.ending().rows());
    }

    private static String sqlState(Ending ending) {
        Fault fault = ending.fault();
        return fault == null ? "00000" : fault.sqlState();
    }

    private static AuditRecord.Verdict verdict(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> AuditRecord.Verdict.ALLOW;
            case DENIED -> AuditRecord.Verdict.DENY;
            case CONFIRM -> AuditRecord.Verdict.CONFIRM;
            case APPROVE -> AuditRecord.Verdict.APPROVE;
        };
    }

    private static void countSource(Source source, ConnectionMeter figures) {
        if (source.cameBack() || source.backend().startsWith("replica")) {
            figures.routed(!source.cameBack());
        }
        boolean hit = source.backend().equals("cache");
        if (hit || source.missed()) {
            figures.recalled(hit);
        }
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
        Fault fault = entry.ending().fault();
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
