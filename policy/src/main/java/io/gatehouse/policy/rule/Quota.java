package io.gatehouse.policy.rule;

import java.time.Duration;

/**
 * A limit of what may be used up together.
 *
 * @param measure what is counted
 * @param amount how many, at least 1
 * @param per in which time; zero for {@link Measure#CONCURRENT}
 * @param scope whose use counts together
 */
public record Quota(Measure measure, long amount, Duration per, Scope scope) {

    /** What is counted. */
    public enum Measure {
        STATEMENTS,
        ROWS,
        BYTES,
        /** Statements that run at the same time. */
        CONCURRENT
    }

    /** Whose use counts together. */
    public enum Scope {
        USER,
        /** Each group of the user that the rule looks for, on its own. */
        GROUP,
        CONNECTION,
        RULE
    }
}
