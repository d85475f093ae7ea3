package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.pool.Lease;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A call whose backend connection was lost under it. */
final class Loss {
    /**
     * A connection that was dead before it was used says so at once. One that was lost later was
     * alive, and what ran on it may be what broke it: that must not run again.
     */
    private static final Duration STALE = Duration.ofSeconds(1);

    private static final Set<Verb> READS =
            EnumSet.of(Verb.SELECT, Verb.VALUES, Verb.SHOW, Verb.DESCRIBE, Verb.EXPLAIN);

    private final Lease lease;
    private final Call call;
    private final Fault fault;
    private final LeaseState known;

    Loss(Lease lease, Call call, Fault fault) {
        this.lease = lease;
        this.call = call;
        this.fault = fault;
        this.known = LeaseState.of(lease);
    }

    /** Whether the call may run on another connection: at most once for the backend's data. */
    boolean mayRetry(Duration after) {
        if (!isSilent() || !known.isFirstCall() || after.compareTo(STALE) > 0) {
            return false;
        }
        return switch (known.progress()) {
            case NOT_SENT -> call instanceof Call.Run || call instanceof Call.Batch;
            case SENT -> call instanceof Call.Run run && !run.inTransaction() && onlyReads();
            case ANSWERED -> false;
        };
    }

    /** The fault as the client must hear it: a change may have been made all the same. */
    Fault told() {
        boolean unknown =
                isSilent()
                        && known.progress() != LeaseState.Progress.NOT_SENT
                        && autocommits()
                        && !onlyReads();
        return unknown ? Faults.changeUnknown(lease.target().name(), fault.message()) : fault;
    }

    /** Whether the backend said nothing itself: what it says of its own end is that it undid. */
    private boolean isSilent() {
        return fault.sqlState().startsWith("08") && !fault.sqlState().equals("08007");
    }

    private boolean autocommits() {
        return switch (call) {
            case Call.Run run -> !run.inTransaction();
            case Call.Batch batch -> !batch.inTransaction();
            case Call.BatchTexts texts -> !texts.inTransaction();
            default -> false;
        };
    }

    private boolean onlyReads() {
        return switch (call) {
            case Call.Run run -> onlyReads(run.text().permitted().facts().statements());
            default -> false;
        };
    }

    private static boolean onlyReads(List<StatementFacts> statements) {
        return statements.stream()
                .allMatch(statement ->
                        !statement.writes()
                                && READS.containsAll(statement.verbs())
                                && statement.effect() instanceof SessionEffect.None
                                && !statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                                && !statement.traits().contains(Trait.RUNS_TEXT)
                                && !statement.traits().contains(Trait.ADVISORY_LOCK)
                                && !statement.traits().contains(Trait.SEQUENCE));
    }
}
