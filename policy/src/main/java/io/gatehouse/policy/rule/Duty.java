package io.gatehouse.policy.rule;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * What a rule asks for where it lets a statement pass.
 *
 * @param readOnly the statement may not write
 * @param maxRows most rows of a result; 0 for no limit
 * @param timeout longest run; {@link Duration#ZERO} for no limit
 * @param rate most statements in a time; {@code null} for no limit
 */
public record Duty(boolean readOnly, long maxRows, Duration timeout, @Nullable Rate rate) {

    /** Asks for nothing. */
    public static final Duty NONE = new Duty(false, 0, Duration.ZERO, null);

    /** Whose statements count together. */
    public enum Scope {
        USER,
        CONNECTION,
        RULE
    }

    /**
     * A limit of statements in a time.
     *
     * @param statements how many, at least 1
     * @param per in which time, longer than zero
     * @param scope whose statements count together
     */
    public record Rate(long statements, Duration per, Scope scope) {}

    /** Whether nothing is asked for. */
    public boolean none() {
        return equals(NONE);
    }
}
