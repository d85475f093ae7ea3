package io.gatehouse.policy.fact;

import java.util.Set;

/**
 * The columns that a statement names, in any position.
 *
 * @param named those that are known
 * @param complete false where there may be more: {@code *}, whole rows, an INSERT without a list,
 *     and whatever was not read by the parser
 */
public record Columns(Set<ColumnName> named, boolean complete) {
    /** None. */
    public static final Columns NONE = new Columns(Set.of(), true);

    /** Any. */
    public static final Columns UNKNOWN = new Columns(Set.of(), false);

    public Columns {
        named = Set.copyOf(named);
    }
}
