package io.gatehouse.server.gate;

import io.gatehouse.policy.Obligations;
import io.gatehouse.policy.fact.Facts;

/** A statement that passed the gate; only this room can make one. Immutable. */
public final class Permitted {
    private final String sql;
    private final Facts facts;
    private final String rule;
    private final Obligations obligations;

    Permitted(String sql, Facts facts, String rule, Obligations obligations) {
        this.sql = sql;
        this.facts = facts;
        this.rule = rule;
        this.obligations = obligations;
    }

    /** The text, exactly as the client sent it. */
    public String sql() {
        return sql;
    }

    /** What the text does. */
    public Facts facts() {
        return facts;
    }

    /** The name of the rule that allowed it. */
    public String rule() {
        return rule;
    }

    /** What the policy demands of its execution. */
    public Obligations obligations() {
        return obligations;
    }

    @Override
    public String toString() {
        return "Permitted[" + facts.fingerprint() + " by " + rule + "]";
    }
}
