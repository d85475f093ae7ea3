package io.gatehouse.server.gate;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Question;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The only way to a {@link Permitted}. Thread-safe. */
public final class Gate {
    private final Supplier<Policy> policy;
    private final Rates rates;
    private final Holds holds;
    private final InstantSource clock;

    /**
     * @param policy the policy in force now; asked at each decision, so that a new one is obeyed by
     *     the next statement
     * @param rateSubjects how many subjects of rate limits are remembered at once
     * @param holds where statements are confirmed and approved
     * @param clock for rules that look at the time
     */
    public Gate(Supplier<Policy> policy, int rateSubjects, Holds holds, InstantSource clock) {
        this.policy = policy;
        this.rates = new Rates(rateSubjects);
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * Decides on one text and, when it is allowed, counts it against its limits until it is
     * {@linkplain Permitted#settle settled}. A session that declared itself read-only is held to
     * that by its backend, with the backend's own error.
     */
    public Verdict decide(Asking asking, String sql) {
        return decide(asking, sql, true);
    }

    /**
     * As {@link #decide}, but counts nothing: a look at a text that will be decided on when it
     * runs.
     */
    public Verdict foresee(Asking asking, String sql) {
        return decide(asking, sql, false);
    }

    /** Whether policy holds even the plainest read to reading only. */
    public boolean onlyReads(Asking asking) {
        return switch (policy.get().decide(question(asking, "SELECT 1"))) {
            case Decision.Allow allow -> allow.obligations().readOnly();
            case Decision.Hold hold -> hold.then().obligations().readOnly();
            case Decision.Deny deny -> false;
        };
    }

    private Question question(Asking asking, String sql) {
        return new Question(asking.asker(), asking.dialect(), asking.path(), false, clock, sql);
    }

    private Verdict decide(Asking asking, String sql, boolean counts) {
        Policy now = policy.get();
        return switch (now.decide(question(asking, sql))) {
            case Decision.Deny d ->
                    refused(
                            now,
                            d,
                            new Because(
                                    asking,
                                    sql,
                                    Verdict.Why.DENIED,
                                    d.rule(),
                                    Faults.denied(d.rule(), d.reason(), d.wayForward())));
            case Decision.Hold hold -> held(now, hold, asking, sql, counts);
            case Decision.Allow allow -> allowed(now, allow, asking, sql, counts, List.of());
        };
    }

    private record Because(Asking asking, String sql, Verdict.Why why, String rule, Fault fault) {}

    private static Verdict refused(Policy now, Decision decision, Because because) {
        return new Verdict.Refused(
                because.asking(),
                because.sql(),
                because.fault(),
                decision.facts(),
                because.rule(),
                now.version(),
                because.why(),
                decision.observed());
    }

    private Verdict held(
            Policy now, Decision.Hold hold, Asking asking, String sql, boolean counts) {
        return switch (holds.of(hold, asking, sql, now.version())) {
            case Holds.Outcome.Free free ->
                    allowed(now, hold.then(), asking, sql, counts, free.approvals());
            case Holds.Outcome.Held held -> {
                Verdict.Why why =
                        switch (held.missing()) {
                            case CONFIRM -> Verdict.Why.CONFIRM;
                            case APPROVE -> Verdict.Why.APPROVE;
                        };
                yield refused(now, hold, new Because(asking, sql, why, held.rule(), held.fault()));
            }
        };
    }

    private Verdict allowed(
            Policy now,
            Decision.Allow allow,
            Asking asking,
            String sql,
            boolean counts,
            List<String> approvals) {
        Tab tab = Tab.NONE;
        if (counts) {
            Rates.Taken taken = rates.take(allow.obligations().rates(), asking.asker());
            Rates.Reached reached = taken.reached();
            if (reached != null) {
                return refused(
                        now,
                        allow,
                        new Because(
                                asking,
                                sql,
                                Verdict.Why.DENIED,
                                reached.limit().rule(),
                                reached.fault()));
            }
            tab = taken.tab();
        }
        return new Verdict.Granted(
                new Permitted(
                        asking,
                        sql,
                        allow.facts(),
                        allow.rule(),
                        now.version(),
                        allow.obligations(),
                        approvals,
                        tab));
    }
}
