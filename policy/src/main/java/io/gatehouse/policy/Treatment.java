package io.gatehouse.policy;

import io.gatehouse.policy.rule.Algorithm;

/** What is done to the values of one column of a result. */
public sealed interface Treatment {

    /** They are shown as they are. */
    record Clear() implements Treatment {}

    /** They are masked. */
    record Masked(Algorithm algorithm) implements Treatment {}

    /**
     * They may not be read.
     *
     * @param rule the rule that refuses
     * @param why what could not be proved
     */
    record Refused(String rule, String why) implements Treatment {}
}
