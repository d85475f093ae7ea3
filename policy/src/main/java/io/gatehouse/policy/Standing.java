package io.gatehouse.policy;

import io.gatehouse.policy.rule.Asker;
import io.gatehouse.policy.rule.Glob;
import io.gatehouse.policy.rule.Quota;
import io.gatehouse.policy.rule.Rule;

import java.util.ArrayList;
import java.util.List;

/**
 * What of the rules is left for one asker. Askers for whom the same is left may share it.
 *
 * @param candidates the rules that may apply, in their order
 * @param live whether an answer may change although asker and text do not
 */
record Standing(List<Candidate> candidates, boolean live) {

    /**
     * A rule that may apply.
     *
     * @param exempts whether its {@code unless} may hold for the asker
     * @param limits what it limits, for this asker
     */
    record Candidate(Rule rule, boolean exempts, List<RateLimit> limits) {}

    static Standing of(List<Rule> rules, Asker asker) {
        List<Candidate> candidates = new ArrayList<>();
        boolean live = false;
        for (Rule rule : rules) {
            if (rule.missing(asker) == null) {
                candidates.add(candidate(rule, asker));
                live |= rule.live();
            }
        }
        return new Standing(List.copyOf(candidates), live);
    }

    static Candidate candidate(Rule rule, Asker asker) {
        List<RateLimit> limits = new ArrayList<>();
        for (Quota quota : rule.duty().quotas()) {
            switch (quota.scope()) {
                case USER, CONNECTION, RULE -> limits.add(new RateLimit(rule.name(), quota, ""));
                case GROUP -> groups(rule, quota, asker, limits);
            }
        }
        return new Candidate(rule, rule.mayLeaveAlone(asker), List.copyOf(limits));
    }

    /** One limit for each group that the rule looks for; without one the user counts alone. */
    private static void groups(Rule rule, Quota quota, Asker asker, List<RateLimit> limits) {
        List<Glob> named = rule.match().who().groups();
        List<String> counted =
                asker.groups().stream()
                        .filter(g -> named.isEmpty() || named.stream().anyMatch(n -> n.matches(g)))
                        .sorted()
                        .toList();
        for (String group : counted) {
            limits.add(new RateLimit(rule.name(), quota, group));
        }
        if (counted.isEmpty()) {
            Quota own = new Quota(quota.measure(), quota.amount(), quota.per(), Quota.Scope.USER);
            limits.add(new RateLimit(rule.name(), own, ""));
        }
    }
}
