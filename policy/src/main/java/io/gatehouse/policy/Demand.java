package io.gatehouse.policy;

import io.gatehouse.policy.rule.Terms;

/**
 * What somebody has to say before a text runs.
 *
 * @param kind who has to say it
 * @param rule the rule that asks for it
 * @param reason why, for the person who asked
 * @param wayForward what that person can do besides; may be {@code ""}
 * @param terms how long it holds, and who may say it
 */
public record Demand(Kind kind, String rule, String reason, String wayForward, Terms terms) {

    /** Who has to say it. */
    public enum Kind {
        /** Whoever asks, once more. */
        CONFIRM,
        /** Another person. */
        APPROVE
    }
}
