package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SearchPath;

/** {@code table} in any schema, or {@code schema.table}; both parts may hold {@code *}. */
public final class RelationPattern {
    /** Where PostgreSQL looks before all others, for names that begin like this. */
    private static final String CATALOG = "pg_catalog";

    private static final String CATALOG_NAMES = "pg_";

    private final String text;
    private final Glob schema;
    private final Glob name;

    /** A pattern as written in a rule. */
    public RelationPattern(String pattern) {
        int dot = pattern.indexOf('.');
        this.text = pattern;
        this.schema = new Glob(dot < 0 ? "*" : pattern.substring(0, dot));
        this.name = new Glob(pattern.substring(dot + 1));
    }

    /** Whether every relation matches. */
    public boolean everything() {
        return schema.everything() && name.everything();
    }

    /** Whether the name is that of one table. */
    boolean one() {
        return name.toString().indexOf('*') < 0;
    }

    /**
     * Whether the relation matches.
     *
     * @param path where it may be if the statement does not say its schema
     * @param surely whether it has to match wherever it is, or else somewhere
     */
    boolean matches(Relation relation, SearchPath path, boolean surely) {
        if (!name.matches(relation.name())) {
            return false;
        }
        if (schema.everything() || !relation.schema().isEmpty()) {
            return schema.matches(relation.schema());
        }
        if (!path.known()) {
            return !surely;
        }
        if (!surely && relation.name().startsWith(CATALOG_NAMES) && schema.matches(CATALOG)) {
            return true;
        }
        for (int i = 0; i < path.schemas().size(); i++) {
            if (schema.matches(path.schemas().get(i)) != surely) {
                return !surely;
            }
        }
        return surely;
    }

    /** Whether every relation of the other matches. */
    boolean covers(RelationPattern other) {
        return schema.covers(other.schema) && name.covers(other.name);
    }

    @Override
    public String toString() {
        return text;
    }
}
