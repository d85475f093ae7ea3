package io.gatehouse.policy;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.rule.Deed;
import io.gatehouse.policy.rule.Duty;
import io.gatehouse.policy.rule.Rule;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Finds out why no answer can ever come from a replica, or be kept, because of a rule that says so.
 */
final class LintAnswers {
    private static final Set<Verb> QUERIES = Set.of(Verb.SELECT, Verb.VALUES);

    private LintAnswers() {}

    /** What is wrong with the {@code route} or {@code cache} of a rule, or {@code null}. */
    static @Nullable String of(Rule rule, List<Rule> all) {
        Duty duty = rule.duty();
        boolean replica = duty.route() == Duty.Route.REPLICA;
        Duration kept = duty.cache();
        boolean keeps = kept != null && kept.isPositive();
        if (rule.observes() || !(replica || keeps)) {
            return null;
        }
        if (!mayBeRead(rule.match().deed())) {
            return (replica ? "routes to a replica" : "keeps answers of")
                    + " nothing: what it matches is never a plain read";
        }
        for (Rule other : all) {
            Duty theirs = other.duty();
            boolean always =
                    !other.name().equals(rule.name())
                            && !other.observes()
                            && other.unless() == null;
            if (!always || !other.match().covers(rule.match())) {
                continue;
            }
            if (replica && theirs.route() == Duty.Route.PRIMARY) {
                return "routes to a replica in vain: rule \""
                        + other.name()
                        + "\" sends all of it to the primary";
            }
            Duration shorter = theirs.cache();
            if (keeps && shorter != null && shorter.compareTo(kept) < 0) {
                return "keeps answers in vain: rule \""
                        + other.name()
                        + "\" keeps all of them for a shorter time, or never";
            }
        }
        return null;
    }

    /** Each of the facts that a rule can name is of something else than a plain read. */
    private static boolean mayBeRead(Deed deed) {
        boolean queries = deed.verbs().isEmpty() || !Collections.disjoint(deed.verbs(), QUERIES);
        return queries && deed.access() != Access.WRITE && deed.facts() == 0;
    }
}
