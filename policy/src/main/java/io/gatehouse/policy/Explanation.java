package io.gatehouse.policy;

import io.gatehouse.policy.rule.Asker;
import io.gatehouse.policy.rule.Moment;
import io.gatehouse.policy.rule.Part;
import io.gatehouse.policy.rule.Rule;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * How a decision came about.
 *
 * @param decision the answer
 * @param looks at every rule, in their order
 */
public record Explanation(Decision decision, List<Look> looks) {
    public Explanation {
        looks = List.copyOf(looks);
    }

    /**
     * What one rule had to say.
     *
     * @param rule its name
     * @param place file, line and column
     * @param deed what it does where it applies: {@code deny}, {@code limit}, …
     * @param observes whether it only reports
     * @param missing the first part that was not met, as a key of the rule; {@code null} where the
     *     rule applies
     */
    public record Look(
            String rule, String place, String deed, boolean observes, @Nullable String missing) {}

    static Look look(Policy.Placed placed, Asker asker, Moment moment) {
        Rule rule = placed.rule();
        Part missing = rule.missing(asker);
        if (missing == null) {
            missing = rule.missing(moment, rule.mayLeaveAlone(asker));
        }
        String deed =
                rule.verdict() == Rule.Verdict.NONE
                        ? "limit"
                        : rule.verdict().name().toLowerCase(Locale.ROOT);
        return new Look(
                rule.name(),
                placed.file() + ":" + placed.line() + ":" + placed.column(),
                deed,
                rule.observes(),
                missing == null ? null : told(missing));
    }

    private static String told(Part part) {
        return switch (part) {
            case NOT_UNDERSTOOD -> "not-understood";
            case UNLESS -> "unless";
            default -> "match." + part.key();
        };
    }
}
