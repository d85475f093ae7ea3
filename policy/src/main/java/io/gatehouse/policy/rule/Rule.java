package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;

import org.jspecify.annotations.Nullable;

/**
 * One rule.
 *
 * @param name unique in its policy
 * @param match what it looks for
 * @param unless what it leaves alone; {@code null} for nothing
 * @param verdict what it says
 * @param reason why, for the person who is refused
 * @param wayForward what that person can do
 * @param observes whether it only reports what it would have done
 * @param duty what it asks for
 */
public record Rule(
        String name,
        Condition match,
        @Nullable Condition unless,
        Verdict verdict,
        String reason,
        String wayForward,
        boolean observes,
        Duty duty) {

    /** What a rule says about what it matches. */
    public enum Verdict {
        ALLOW,
        DENY,
        /** Says neither: the rule only adds duties. */
        NONE
    }

    /**
     * Whether the rule applies to a text. A rule that allows has to match every statement of it;
     * any other rule applies as soon as one statement matches.
     *
     * @param holding the facts of each statement as bits of {@link FactName}
     */
    public boolean applies(Subject subject, Facts facts, int[] holding) {
        if (!match.matchesSubject(subject)) {
            return false;
        }
        boolean all = verdict == Verdict.ALLOW;
        for (int i = 0; i < holding.length; i++) {
            if (covers(subject, facts.statements().get(i), holding[i]) != all) {
                return !all;
            }
        }
        return all;
    }

    private boolean covers(Subject subject, StatementFacts statement, int holding) {
        boolean allows = verdict == Verdict.ALLOW;
        if (allows && !statement.understood() && !match.names(FactName.NOT_UNDERSTOOD)) {
            return false;
        }
        if (!match.matchesStatement(statement, holding, allows)) {
            return false;
        }
        // What is in doubt is not left alone by a rule that refuses, and is by one that allows.
        return unless == null
                || !unless.matchesSubject(subject)
                || !unless.matchesStatement(statement, holding, !allows);
    }
}
