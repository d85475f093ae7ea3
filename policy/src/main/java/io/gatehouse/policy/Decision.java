package io.gatehouse.policy;

import io.gatehouse.policy.fact.Facts;

/** The answer to a {@link Question}. */
public sealed interface Decision {

    /** What the text does. */
    Facts facts();

    /** The name of the rule that decided, or one of the built-in names of {@link Policy}. */
    String rule();

    /** The text may run under the obligations. */
    record Allow(Facts facts, String rule, Obligations obligations) implements Decision {}

    /**
     * The text may not run.
     *
     * @param facts what the text does
     * @param rule the rule that refused
     * @param reason why, for the person who asked
     * @param wayForward what that person can do; may be {@code ""}
     */
    record Deny(Facts facts, String rule, String reason, String wayForward) implements Decision {}
}
