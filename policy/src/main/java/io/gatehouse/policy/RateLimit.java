package io.gatehouse.policy;

import java.time.Duration;

/**
 * A limit of statements in a time.
 *
 * @param rule the rule that asks for it
 * @param statements how many, at least 1
 * @param per in which time, longer than zero
 * @param scope whose statements count together
 */
public record RateLimit(String rule, long statements, Duration per, Scope scope) {

    /** Whose statements count together. */
    public enum Scope {
        USER,
        CONNECTION,
        RULE
    }
}
