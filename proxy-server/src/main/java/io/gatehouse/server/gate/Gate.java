package io.gatehouse.server.gate;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Question;
import io.gatehouse.policy.RateLimit;
import io.gatehouse.server.auth.Principal;
import io.gatehouse.server.directory.LogicalConnection;
import io.gatehouse.server.fault.Faults;

import java.time.Duration;
import java.util.function.Supplier;

/** The only way to a {@link Permitted}. Thread-safe. */
public final class Gate {
    private final Supplier<Policy> policy;
    private final Rates rates;

    /**
     * @param policy the policy in force now; asked at each decision, so that a new one is obeyed by
     *     the next statement
     * @param rateSubjects how many subjects of rate limits are remembered at once
     */
    public Gate(Supplier<Policy> policy, int rateSubjects) {
        this.policy = policy;
        this.rates = new Rates(rateSubjects);
    }

    /**
     * Decides on one text and, when it is allowed, counts it against its rate limits. A session
     * that declared itself read-only is held to that by its backend, with the backend's own error.
     */
    public Verdict decide(Principal who, LogicalConnection target, String sql) {
        return decide(who, target, sql, true);
    }

    /**
     * As {@link #decide}, but counts nothing: a look at a text that will be decided on when it
     * runs.
     */
    public Verdict foresee(Principal who, LogicalConnection target, String sql) {
        return decide(who, target, sql, false);
    }

    private Verdict decide(Principal who, LogicalConnection target, String sql, boolean counts) {
        Policy now = policy.get();
        Question question =
                new Question(
                        who.user(),
                        who.groups(),
                        target.name(),
                        target.kind().dialect(),
                        false,
                        sql);
        return switch (now.decide(question)) {
            case Decision.Deny d ->
                    new Verdict.Refused(
                            Faults.denied(d.rule(), d.reason(), d.wayForward()),
                            d.facts(),
                            d.rule(),
                            now.version());
            case Decision.Allow a when counts -> withinRates(now, a, who, target, sql);
            case Decision.Allow a -> granted(now, a, sql);
        };
    }

    private Verdict withinRates(
            Policy now, Decision.Allow allow, Principal who, LogicalConnection target, String sql) {
        for (RateLimit limit : allow.obligations().rates()) {
            Duration wait = rates.take(limit, who.user(), target.name());
            if (!wait.isZero()) {
                return new Verdict.Refused(
                        Faults.rateLimited(limit.rule(), wait),
                        allow.facts(),
                        limit.rule(),
                        now.version());
            }
        }
        return granted(now, allow, sql);
    }

    private static Verdict granted(Policy now, Decision.Allow allow, String sql) {
        return new Verdict.Granted(
                new Permitted(
                        sql, allow.facts(), allow.rule(), now.version(), allow.obligations()));
    }
}
