package io.gatehouse.policy.cel;

import io.gatehouse.policy.rule.Expression;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What came of an expression's text.
 *
 * @param expression {@code null} where something is wrong
 * @param faults empty unless something is wrong
 */
public record Compiled(@Nullable Expression expression, List<Fault> faults) {
    public Compiled {
        faults = List.copyOf(faults);
    }
}
