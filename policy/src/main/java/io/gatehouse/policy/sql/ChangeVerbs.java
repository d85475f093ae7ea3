package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Verb;

import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.insert.ConflictActionType;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.InsertConflictAction;
import net.sf.jsqlparser.statement.insert.InsertDuplicateAction;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.merge.MergeDelete;
import net.sf.jsqlparser.statement.merge.MergeInsert;
import net.sf.jsqlparser.statement.merge.MergeOperation;
import net.sf.jsqlparser.statement.merge.MergeSide;
import net.sf.jsqlparser.statement.merge.MergeUpdate;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a change may do to rows: an upsert changes those that are there already. */
final class ChangeVerbs {
    /** A row in the way goes, and the new one stands in its place. */
    static final Set<Verb> REPLACE = Set.of(Verb.REPLACE, Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    private ChangeVerbs() {}

    static Set<Verb> of(Insert insert) {
        InsertConflictAction conflict = insert.getConflictAction();
        InsertDuplicateAction duplicate = insert.getDuplicateAction();
        boolean updates =
                insert.getDuplicateUpdateSets() != null
                        || (conflict != null && updates(conflict.getConflictActionType()))
                        || (duplicate != null && updates(duplicate.getConflictActionType()));
        return updates ? EnumSet.of(Verb.INSERT, Verb.UPDATE) : EnumSet.of(Verb.INSERT);
    }

    private static boolean updates(ConflictActionType type) {
        return type == ConflictActionType.DO_UPDATE;
    }

    static Set<Verb> of(Merge merge) {
        Set<Verb> verbs = EnumSet.of(Verb.MERGE);
        List<MergeOperation> branches = merge.getOperations();
        for (MergeOperation branch : branches == null ? List.<MergeOperation>of() : branches) {
            switch (branch) {
                case MergeInsert insert -> verbs.add(Verb.INSERT);
                case MergeDelete delete -> verbs.add(Verb.DELETE);
                case MergeUpdate update -> {
                    verbs.add(Verb.UPDATE);
                    if (update.getDeleteWhereCondition() != null) {
                        verbs.add(Verb.DELETE);
                    }
                }
                default -> verbs.addAll(List.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE));
            }
        }
        return verbs;
    }

    /** Of an INSERT by its words alone: UPDATE stands in it nowhere but in an upsert. */
    static Set<Verb> ofInsert(List<Token> tokens) {
        boolean updates = tokens.stream().anyMatch(token -> token.is("UPDATE"));
        return updates ? EnumSet.of(Verb.INSERT, Verb.UPDATE) : EnumSet.of(Verb.INSERT);
    }

    /** Whether a branch meets every row of the target, as far as ON tells. */
    static boolean everyRow(Merge merge, Draft draft) {
        Expression on = merge.getOnCondition();
        Truth matched = on == null ? Truth.DEPENDS : Truth.of(on, draft);
        if (matched != Truth.FALSE || merge.getOperations() == null) {
            return matched == Truth.TRUE;
        }
        // With ON false, every row is one that the source does not have.
        for (MergeOperation branch : merge.getOperations()) {
            boolean every =
                    switch (branch) {
                        case MergeUpdate update ->
                                everyRow(update.getSide(), update.getAndPredicate(), draft);
                        case MergeDelete delete ->
                                everyRow(delete.getSide(), delete.getAndPredicate(), draft);
                        default -> false;
                    };
            if (every) {
                return true;
            }
        }
        return false;
    }

    private static boolean everyRow(
            @Nullable MergeSide side, @Nullable Expression and, Draft draft) {
        boolean bounded = and != null && Truth.of(and, draft) != Truth.TRUE;
        return side == MergeSide.SOURCE && !bounded;
    }
}
