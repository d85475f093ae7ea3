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
 * @param columns of the results, in their order; empty where no rule masks for the asker
 */
public record Explanation(Decision decision, List<Look> looks, List<ResultColumn> columns) {
    public Explanation {
        looks = List.copyOf(looks);
        columns = List.copyOf(columns);
    }

    /**
     * Why a column of a result is masked, or is not.
     *
     * @param name of the column; {@code #2} for one that only the database names, {@code *} for
     *     several
     * @param origins what its values may have come from
     * @param shown {@code clear}, {@code refused} or how it is masked
     * @param rule the rule that masks or refuses it; {@code ""} for none
     * @param mask the column of that rule; {@code ""} for none
     * @param why it cannot be proved clean; {@code ""} where it is, or is surely masked
     */
    public record ResultColumn(
            String name, List<String> origins, String shown, String rule, String mask, String why) {
        public ResultColumn {
            origins = List.copyOf(origins);
        }
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
