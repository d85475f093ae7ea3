package io.gatehouse.policy.fact;

import java.util.List;
import java.util.Set;

/**
 * Where the values of one statement come from.
 *
 * @param outputs the columns of its result; empty where it has none
 * @param stored what may be kept beyond the statement: in a table, a variable or a setting
 * @param conditions what decides on rows, groups and their order
 * @param read whether the parser read it; what it did not read may do anything
 */
public record Lineage(
        List<Output> outputs, Set<Origin> stored, Set<Origin> conditions, boolean read) {

    public Lineage {
        outputs = List.copyOf(outputs);
        stored = Set.copyOf(stored);
        conditions = Set.copyOf(conditions);
    }

    /** Of a statement that was not looked into. */
    public static Lineage unread(String why) {
        Set<Origin> unknown = Set.of(new Origin.Unknown(why));
        return new Lineage(List.of(Output.any(unknown)), unknown, unknown, false);
    }
}
