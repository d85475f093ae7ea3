package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Relation;

/** {@code table} in any schema, or {@code schema.table}; both parts may hold {@code *}. */
public final class RelationPattern {
    private final Glob schema;
    private final Glob name;

    /** A pattern as written in a rule. */
    public RelationPattern(String pattern) {
        int dot = pattern.indexOf('.');
        this.schema = new Glob(dot < 0 ? "*" : pattern.substring(0, dot));
        this.name = new Glob(pattern.substring(dot + 1));
    }

    /** Whether every relation matches. */
    public boolean everything() {
        return schema.everything() && name.everything();
    }

    /**
     * Whether the relation matches.
     *
     * @param unknownSchema the answer for a schema that the statement leaves to the search path
     */
    boolean matches(Relation relation, boolean unknownSchema) {
        if (!name.matches(relation.name())) {
            return false;
        }
        if (relation.schema().isEmpty() && !schema.everything()) {
            return unknownSchema;
        }
        return schema.matches(relation.schema());
    }
}
