package io.gatehouse.policy.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;

import io.gatehouse.policy.rule.Expression;
import io.gatehouse.policy.rule.Scene;

import java.util.HashMap;
import java.util.Map;

/** A checked expression. */
final class CelExpression implements Expression {
    private final CelRuntime.Program program;
    private final boolean constant;

    CelExpression(CelRuntime.Program program, boolean constant) {
        this.program = program;
        this.constant = constant;
    }

    @Override
    public boolean holds(Scene scene, boolean surely) {
        Map<String, Object> values = HashMap.newHashMap(Variable.values().length);
        for (Variable variable : Variable.values()) {
            values.put(variable.key(), variable.in(scene));
        }
        try {
            return Boolean.TRUE.equals(program.eval(values));
        } catch (CelEvaluationException | RuntimeException e) {
            // An index out of range, a bad pattern, too many rounds: nobody knows the answer.
            return !surely;
        }
    }

    @Override
    public boolean constant() {
        return constant;
    }
}
