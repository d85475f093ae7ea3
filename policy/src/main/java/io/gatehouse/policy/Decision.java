package io.gatehouse.policy;

import io.gatehouse.policy.fact.Facts;

import java.util.List;
import java.util.Locale;

/** The answer to a {@link Question}. */
public sealed interface Decision {

    /** What the text does. */
    Facts facts();

    /** The name of the rule that decided, or one of the built-in names of {@link Policy}. */
    String rule();

    /** Rules in observe mode, each with what it would have done. */
    List<String> observed();

    /** The answer in the words of the policy files. */
    default String word() {
        return switch (this) {
            case Allow allow -> "allow";
            case Deny deny -> "deny";
            case Hold hold -> hold.demands().getFirst().kind().name().toLowerCase(Locale.ROOT);
        };
    }

    /** The text may run under the obligations. */
    record Allow(Facts facts, String rule, Obligations obligations) implements Decision {
        @Override
        public List<String> observed() {
            return obligations.observed();
        }
    }

    /**
     * The text may run as {@code then} says once all demands are met.
     *
     * @param demands in the order of the rules, approvals first; never empty
     */
    record Hold(List<Demand> demands, Allow then) implements Decision {
        public Hold {
            demands = List.copyOf(demands);
        }

        @Override
        public Facts facts() {
            return then.facts();
        }

        @Override
        public String rule() {
            return demands.getFirst().rule();
        }

        @Override
        public List<String> observed() {
            return then.observed();
        }
    }

    /**
     * The text may not run.
     *
     * @param facts what the text does
     * @param rule the rule that refused
     * @param reason why, for the person who asked
     * @param wayForward what that person can do; may be {@code ""}
     * @param observed rules in observe mode, each with what it would have done
     */
    record Deny(Facts facts, String rule, String reason, String wayForward, List<String> observed)
            implements Decision {
        public Deny {
            observed = List.copyOf(observed);
        }
    }
}
