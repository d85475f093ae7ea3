package io.gatehouse.policy.fact;

import java.util.List;

/**
 * Where a session's database looks for tables that a statement names without a schema.
 *
 * @param schemas in the order of the search; empty where nobody knows
 */
public record SearchPath(List<String> schemas) {
    /** Nobody knows: a table without a schema may be in any. */
    public static final SearchPath UNKNOWN = new SearchPath(List.of());

    public SearchPath {
        schemas = List.copyOf(schemas);
    }

    /** Whether it is known. */
    public boolean known() {
        return !schemas.isEmpty();
    }
}
