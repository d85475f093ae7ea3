package io.gatehouse.policy;

import io.gatehouse.policy.Policy.Placed;
import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.policy.rule.Condition;
import io.gatehouse.policy.rule.FactName;
import io.gatehouse.policy.rule.Masking;
import io.gatehouse.policy.rule.Rule;

import java.util.ArrayList;
import java.util.List;

/** Finds rules that cannot do what they were written for. */
final class Lint {
    private final List<Placed> rules;
    private final List<Problem> found = new ArrayList<>();

    private Lint(List<Placed> rules) {
        this.rules = rules;
    }

    static List<Problem> of(List<Placed> rules) {
        Lint lint = new Lint(rules);
        for (int i = 0; i < rules.size(); i++) {
            lint.alone(rules.get(i));
            lint.besides(i);
            lint.masksBesides(i);
            lint.answers(rules.get(i));
        }
        return List.copyOf(lint.found);
    }

    private void alone(Placed placed) {
        masks(placed);
        Rule rule = placed.rule();
        Condition unless = rule.unless();
        if (unless != null && unless.covers(rule.match())) {
            find(placed, "can never match: its unless takes all that its match finds");
        }
        if (constant(rule.match()) || (unless != null && constant(unless))) {
            find(placed, "has a when that is the same for every statement; leave it out");
        }
        boolean blind = rule.match().deed().names(FactName.NOT_UNDERSTOOD);
        boolean looks =
                !rule.match().deed().relations().isEmpty()
                        || rule.match().deed().access() != null
                        || !rule.match().deed().columns().isEmpty();
        if (rule.verdict() == Rule.Verdict.ALLOW && blind && looks) {
            find(
                    placed,
                    "can never allow what was not understood: nobody knows what relations and"
                            + " columns that touches");
        }
    }

    /** A mask has nothing to do where another one of its rule shows no more of the column. */
    private void masks(Placed placed) {
        Masking masking = placed.rule().duty().masking();
        List<Masking.Mask> masks = masking == null ? List.of() : masking.masks();
        for (int i = 0; i < masks.size(); i++) {
            Masking.Mask mask = masks.get(i);
            for (int j = 0; j < masks.size(); j++) {
                Masking.Mask other = masks.get(j);
                boolean wins =
                        Algorithm.stricter(other.algorithm(), mask.algorithm())
                                        .equals(other.algorithm())
                                && (!other.algorithm().equals(mask.algorithm()) || j < i);
                if (i != j && wins && other.column().covers(mask.column())) {
                    find(
                            placed,
                            "masks "
                                    + mask.column()
                                    + " twice: the mask of "
                                    + other.column()
                                    + " shows no more of it");
                }
            }
        }
    }

    /** Nor where one of another rule, for everybody for whom this one is, shows no more of it. */
    private void masksBesides(int index) {
        Placed placed = rules.get(index);
        Masking masking = placed.rule().duty().masking();
        if (masking == null || placed.rule().observes()) {
            return;
        }
        for (Masking.Mask mask : masking.masks()) {
            for (int i = 0; i < rules.size(); i++) {
                if (i != index && hidesMore(rules.get(i).rule(), placed.rule(), mask, i < index)) {
                    find(
                            placed,
                            "masks "
                                    + mask.column()
                                    + " in vain: rule \""
                                    + rules.get(i).rule().name()
                                    + "\" at "
                                    + rules.get(i).file()
                                    + ":"
                                    + rules.get(i).line()
                                    + " masks it for all of these people and shows no more of it");
                    break;
                }
            }
        }
    }

    private static boolean hidesMore(Rule other, Rule rule, Masking.Mask mask, boolean before) {
        Masking masking = other.duty().masking();
        boolean always = other.unless() == null && other.match().covers(rule.match());
        if (masking == null || other.observes() || !always) {
            return false;
        }
        for (Masking.Mask theirs : masking.masks()) {
            boolean stricter =
                    Algorithm.stricter(theirs.algorithm(), mask.algorithm())
                            .equals(theirs.algorithm());
            boolean wins = stricter && (before || !theirs.algorithm().equals(mask.algorithm()));
            if (wins && theirs.column().covers(mask.column())) {
                return true;
            }
        }
        return false;
    }

    private static boolean constant(Condition condition) {
        return condition.when() != null && condition.when().constant();
    }

    /** A rule that denies leaves nothing to do for a narrower one. */
    private void besides(int index) {
        Placed placed = rules.get(index);
        Rule rule = placed.rule();
        for (int i = 0; i < rules.size(); i++) {
            Rule other = rules.get(i).rule();
            boolean wins =
                    other.verdict() == Rule.Verdict.DENY
                            && (rule.verdict() != Rule.Verdict.DENY || i < index);
            boolean real = i != index && !other.observes() && !rule.observes();
            if (wins && real && other.unless() == null && other.match().covers(rule.match())) {
                find(
                        placed,
                        "is shadowed: rule \""
                                + other.name()
                                + "\" at "
                                + rules.get(i).file()
                                + ":"
                                + rules.get(i).line()
                                + " denies everything that it matches");
                return;
            }
        }
    }

    private void answers(Placed placed) {
        String why = LintAnswers.of(placed.rule(), rules.stream().map(Placed::rule).toList());
        if (why != null) {
            find(placed, why);
        }
    }

    private void find(Placed placed, String what) {
        found.add(
                new Problem(
                        placed.file(),
                        placed.line(),
                        placed.column(),
                        "rule \"" + placed.rule().name() + "\" " + what));
    }
}
