package io.gatehouse.policy.rule;

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
 * @param terms of {@link Verdict#CONFIRM} and {@link Verdict#APPROVE}; {@code null} for the others
 */
public record Rule(
        String name,
        Condition match,
        @Nullable Condition unless,
        Verdict verdict,
        String reason,
        String wayForward,
        boolean observes,
        Duty duty,
        @Nullable Terms terms) {

    /** What a rule says about what it matches. */
    public enum Verdict {
        ALLOW,
        DENY,
        /** Whoever asks has to ask twice. */
        CONFIRM,
        /** Somebody else has to agree. */
        APPROVE,
        /** Says nothing of these: the rule only adds duties. */
        NONE
    }

    /** Whether its answer depends on more than asker and text. */
    public boolean live() {
        return match.live() || (unless != null && unless.live());
    }

    /** The part of the rule that no text of this asker can meet, or {@code null}. */
    public @Nullable Part missing(Asker asker) {
        return match.who().missing(asker, allows());
    }

    /** Whether what the rule leaves alone may be something of this asker. */
    public boolean mayLeaveAlone(Asker asker) {
        return unless != null && unless.who().missing(asker, !allows()) == null;
    }

    private boolean allows() {
        return verdict == Verdict.ALLOW;
    }

    /**
     * The first part of the rule that a text does not meet, or {@code null} where the rule applies.
     * A rule that allows has to match every statement of it; any other rule applies as soon as one
     * statement matches. The asker is looked at before, by {@link #missing(Asker)}.
     *
     * @param exempts whether {@code unless} counts, by {@link #mayLeaveAlone}
     */
    public @Nullable Part missing(Moment moment, boolean exempts) {
        boolean all = allows();
        Part first = null;
        for (int i = 0; i < moment.statements(); i++) {
            Part missing = missing(moment, i, exempts);
            if ((missing == null) != all) {
                return missing;
            }
            first = first == null ? missing : first;
        }
        return first;
    }

    private @Nullable Part missing(Moment moment, int index, boolean exempts) {
        StatementFacts statement = moment.statement(index);
        boolean named = match.deed().names(FactName.NOT_UNDERSTOOD);
        if (allows() && !statement.understood() && !named) {
            return Part.NOT_UNDERSTOOD;
        }
        Part missing = match.missing(moment, index, allows());
        if (missing != null) {
            return missing;
        }
        // What is in doubt is not left alone by a rule that refuses, and is by one that allows.
        boolean left =
                exempts && unless != null && unless.missing(moment, index, !allows()) == null;
        return left ? Part.UNLESS : null;
    }
}
