package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.kind.TwoPhase;
import io.gatehouse.server.pool.Lease;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Calls whose changes no transaction of their client takes back, and what is told of them. */
final class Changes {
    private static final Set<Verb> READS =
            EnumSet.of(Verb.SELECT, Verb.VALUES, Verb.SHOW, Verb.DESCRIBE, Verb.EXPLAIN);

    /** Functions that policy does not count among the harmless ones, and that change nothing. */
    private static final Set<String> WAITS = Set.of("pg_sleep", "pg_sleep_for", "pg_sleep_until");

    private Changes() {}

    /** Whether what the call may change stays once it has ended. */
    static boolean stay(Call call) {
        return switch (call) {
            case Call.Run run -> !run.inTransaction() && !changesNothing(run);
            case Call.Batch batch -> !batch.inTransaction();
            case Call.BatchTexts texts -> !texts.inTransaction();
            case Call.Branching branching ->
                    branching.step().anywhere()
                            || branching.step() == TwoPhase.Step.COMMIT_ONE_PHASE;
            default -> false;
        };
    }

    /** Whether the statement, as far as can be seen, does nothing that must not happen twice. */
    static boolean onlyReads(Call.Run run) {
        for (StatementFacts statement : statements(run)) {
            if (!reads(statement) || statement.traits().contains(Trait.UNKNOWN_FUNCTION)) {
                return false;
            }
        }
        return true;
    }

    private static boolean changesNothing(Call.Run run) {
        for (StatementFacts statement : statements(run)) {
            boolean unseen =
                    statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                            && !WAITS.containsAll(statement.functions());
            if (!reads(statement) || unseen) {
                return false;
            }
        }
        return true;
    }

    private static List<StatementFacts> statements(Call.Run run) {
        return run.text().permitted().facts().statements();
    }

    /** Apart from what its functions do. */
    private static boolean reads(StatementFacts statement) {
        return !statement.changes()
                && READS.containsAll(statement.verbs())
                && statement.effect() instanceof SessionEffect.None
                && !statement.traits().contains(Trait.RUNS_TEXT)
                && !statement.traits().contains(Trait.ADVISORY_LOCK)
                && !statement.traits().contains(Trait.SEQUENCE);
    }

    /**
     * A failure after such a call was sent, as its client must hear it. What a server says of its
     * own end proves nothing: it may have committed before.
     *
     * @param complete whether the backend had ended the statement without an error
     */
    static Outcome.Failed told(Lease lease, Outcome.Failed failed, boolean complete) {
        Fault fault = failed.fault();
        String name = lease.target().name();
        if (fault.sqlState().equals("08007")) {
            return failed;
        }
        if (failed.connectionLost() && !refused(fault)) {
            return new Outcome.Failed(Faults.changeUnknown(name, fault.message()), true);
        }
        return complete
                ? new Outcome.Failed(
                        Faults.changeUnanswered(name, fault.message()), failed.connectionLost())
                : failed;
    }

    /** Whether PostgreSQL refused the statement itself, which undoes it, rather than ended. */
    private static boolean refused(Fault fault) {
        return "ERROR".equals(fault.fields().get('S'));
    }
}
