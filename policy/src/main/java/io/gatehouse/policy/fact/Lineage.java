package io.gatehouse.policy.fact;

import java.util.List;
import java.util.Set;

/**
 * Where the values of one statement come from.
 *
 * @param outputs the columns of its result; empty where it has none
 * @param stored what may be kept beyond the statement: in a table, a variable or a setting
 * @param conditions what decides on rows, groups and their order
 * @param hidden names, in lower case, that stand in the text where nobody looked; mostly keywords
 * @param read whether the parser read it; what it did not read may do anything
 */
public record Lineage(
        List<Output> outputs,
        Set<Origin> stored,
        Set<Origin> conditions,
        Set<String> hidden,
        boolean read) {

    /** Of a statement that has nothing to do with values of any table. */
    public static final Lineage NONE = new Lineage(List.of(), Set.of(), Set.of(), Set.of(), true);

    public Lineage {
        outputs = List.copyOf(outputs);
        stored = Set.copyOf(stored);
        conditions = Set.copyOf(conditions);
        hidden = Set.copyOf(hidden);
    }

    /** Of a statement that was not looked into. */
    public static Lineage unread(String why) {
        Set<Origin> unknown = Set.of(new Origin.Unknown(why));
        return new Lineage(List.of(Output.any(unknown)), unknown, unknown, Set.of(), false);
    }
}
