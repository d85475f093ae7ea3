package io.gatehouse.policy.rule;

/** A condition in words of its own. Immutable and safe for many threads. */
public interface Expression {
    /**
     * Whether it holds.
     *
     * @param surely the answer where it comes to none is {@code !surely}
     */
    boolean holds(Scene scene, boolean surely);

    /** Whether it holds or fails whatever is asked. */
    boolean constant();
}
