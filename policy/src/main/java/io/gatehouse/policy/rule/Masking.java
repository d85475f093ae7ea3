package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SearchPath;

import java.util.List;

/**
 * Which columns a rule masks, and what it takes for free of them.
 *
 * @param masks the columns, each with its algorithm
 * @param cleanRelations relations that hold nothing of these columns
 * @param cleanFunctions functions that give nothing of these columns
 * @param refusesUnproven whether what cannot be proved clean is refused; else it is masked
 * @param refusesConditions whether these columns may not decide on rows, groups and their order
 */
public record Masking(
        List<Mask> masks,
        List<RelationPattern> cleanRelations,
        List<Glob> cleanFunctions,
        boolean refusesUnproven,
        boolean refusesConditions) {

    public Masking {
        masks = List.copyOf(masks);
        cleanRelations = List.copyOf(cleanRelations);
        cleanFunctions = List.copyOf(cleanFunctions);
    }

    /** A column and how it is shown. */
    public record Mask(ColumnPattern column, Algorithm algorithm) {}

    /** Whether a masked column may be the relation's. */
    public boolean mayMask(Relation relation, SearchPath path) {
        for (Mask mask : masks) {
            if (mask.column().mayBeOf(relation, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether no column of the relation can hold what is masked. */
    public boolean clean(Dialect dialect, Relation relation, SearchPath path) {
        return !mayMask(relation, path)
                && (vouched(relation, path) || SystemTables.harmless(dialect, relation));
    }

    /** Whether columns of the relation that are not masked hold nothing of those that are. */
    public boolean restClean(Dialect dialect, Relation relation, SearchPath path) {
        for (Mask mask : masks) {
            if (mask.column().surelyOf(relation, path)) {
                return true;
            }
        }
        return vouched(relation, path) || SystemTables.harmless(dialect, relation);
    }

    private boolean vouched(Relation relation, SearchPath path) {
        for (RelationPattern pattern : cleanRelations) {
            if (pattern.matches(relation, path, true)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a function gives nothing of the columns. */
    public boolean clean(String function) {
        String last = function.substring(function.lastIndexOf('.') + 1);
        return Glob.any(cleanFunctions, function)
                || (last.equals(function) && Glob.any(cleanFunctions, last));
    }

    /** A relation that is read. */
    public static Relation read(String schema, String name) {
        return new Relation(schema, name, Access.READ);
    }
}
