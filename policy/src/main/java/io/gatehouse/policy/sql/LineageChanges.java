package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;

import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.ReturningClause;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.InsertConflictAction;
import net.sf.jsqlparser.statement.insert.InsertDuplicateAction;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.merge.MergeInsert;
import net.sf.jsqlparser.statement.merge.MergeOperation;
import net.sf.jsqlparser.statement.merge.MergeUpdate;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import net.sf.jsqlparser.statement.upsert.Upsert;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What changes of data store, and what they return. */
final class LineageChanges {
    private final LineageQueries queries;
    private final LineageValues values;
    private final Set<Origin> stored = new LinkedHashSet<>();

    LineageChanges(LineageQueries queries, LineageValues values) {
        this.queries = queries;
        this.values = values;
    }

    Set<Origin> stored() {
        return stored;
    }

    /** The columns that a change returns. */
    List<Output> outputs(Object statement, @Nullable LineageScope outer) throws NotUnderstood {
        LineageScope scope = queries.scope(outer);
        return switch (statement) {
            case ParenthesedInsert inner -> outputs(inner.getInsert(), scope);
            case ParenthesedUpdate inner -> outputs(inner.getUpdate(), scope);
            case ParenthesedDelete inner -> outputs(inner.getDelete(), scope);
            case Insert insert -> insert(insert, scope);
            case Update update -> update(update, scope);
            case Delete delete -> delete(delete, scope);
            case Merge merge -> merge(merge, scope);
            case Upsert upsert -> upsert(upsert, scope);
            case null, default -> {
                stored.add(new Origin.Unknown("a change of another form"));
                yield List.of(Output.unknown("a change of another form"));
            }
        };
    }

    private List<Output> insert(Insert insert, LineageScope scope) throws NotUnderstood {
        if (insert.getOracleMultiInsertBranches() != null || insert.getOutputClause() != null) {
            throw new NotUnderstood("an insert of another form");
        }
        queries.with(insert.getWithItemsList(), scope);
        if (insert.getSelect() != null) {
            stored.addAll(LineageScope.row(queries.outputs(insert.getSelect(), scope)));
        }
        target(insert.getTable(), scope);
        assigned(insert.getSetUpdateSets(), scope);
        LineageScope proposed = proposed(insert, scope);
        duplicate(insert, proposed);
        InsertConflictAction conflict = insert.getConflictAction();
        if (conflict != null) {
            assigned(conflict.getUpdateSets(), proposed);
            queries.decide(conflict.getWhereExpression(), proposed);
        }
        return returned(insert.getReturningClause(), scope);
    }

    /** The row that was to be inserted holds what the statement brings, which is looked at. */
    private LineageScope proposed(Insert insert, LineageScope scope) {
        LineageScope proposed = queries.scope(scope);
        List<Output> row = List.of(Output.any(Set.of()));
        proposed.add("", "excluded", row);
        String alias = LineageNames.alias(insert.getRowAlias());
        if (!alias.isEmpty()) {
            proposed.add("", alias, row);
        }
        return proposed;
    }

    private void duplicate(Insert insert, LineageScope proposed) throws NotUnderstood {
        InsertDuplicateAction action = insert.getDuplicateAction();
        boolean updates = action != null || insert.getDuplicateUpdateSets() != null;
        if (updates && insert.getSelect() != null && !(insert.getSelect() instanceof Values)) {
            throw new NotUnderstood("names after ON DUPLICATE KEY may be those of the query");
        }
        assigned(insert.getDuplicateUpdateSets(), proposed);
        if (action != null) {
            assigned(action.getUpdateSets(), proposed);
        }
    }

    private List<Output> upsert(Upsert upsert, LineageScope scope) throws NotUnderstood {
        if (upsert.getSelect() != null) {
            stored.addAll(LineageScope.row(queries.outputs(upsert.getSelect(), scope)));
        }
        target(upsert.getTable(), scope);
        assigned(upsert.getUpdateSets(), scope);
        assigned(upsert.getDuplicateUpdateSets(), scope);
        if (upsert.getExpressions() != null) {
            stored.addAll(values.computed(upsert.getExpressions(), scope));
        }
        return List.of();
    }

    private List<Output> merge(Merge merge, LineageScope scope) throws NotUnderstood {
        if (merge.getOutputClause() != null) {
            throw new NotUnderstood("OUTPUT");
        }
        queries.with(merge.getWithItemsList(), scope);
        target(merge.getTable(), scope);
        if (merge.getFromItem() != null) {
            queries.from(merge.getFromItem(), scope);
        }
        queries.decide(merge.getOnCondition(), scope);
        if (merge.getOperations() != null) {
            for (MergeOperation operation : merge.getOperations()) {
                switch (operation) {
                    case MergeInsert insert -> {
                        if (insert.getValues() != null) {
                            stored.addAll(values.computed(insert.getValues(), scope));
                        }
                        queries.decide(insert.getAndPredicate(), scope);
                        queries.decide(insert.getWhereCondition(), scope);
                    }
                    case MergeUpdate update -> {
                        assigned(update.getUpdateSets(), scope);
                        queries.decide(update.getAndPredicate(), scope);
                        queries.decide(update.getWhereCondition(), scope);
                        queries.decide(update.getDeleteWhereCondition(), scope);
                    }
                    default -> queries.decide(operation, scope);
                }
            }
        }
        return returned(merge.getReturningClause(), scope);
    }

    private List<Output> update(Update update, LineageScope scope) throws NotUnderstood {
        if (update.getOutputClause() != null) {
            throw new NotUnderstood("OUTPUT");
        }
        queries.with(update.getWithItemsList(), scope);
        target(update.getTable(), scope);
        queries.joins(update.getStartJoins(), scope);
        if (update.getFromItem() != null) {
            queries.from(update.getFromItem(), scope);
        }
        queries.joins(update.getJoins(), scope);
        assigned(update.getUpdateSets(), scope);
        queries.decide(update.getWhere(), scope);
        queries.decide(update.getOrderByElements(), scope);
        return returned(update.getReturningClause(), scope);
    }

    private List<Output> delete(Delete delete, LineageScope scope) throws NotUnderstood {
        if (delete.getOutputClause() != null) {
            throw new NotUnderstood("OUTPUT");
        }
        queries.with(delete.getWithItemsList(), scope);
        target(delete.getTable(), scope);
        if (delete.getUsingFromItemList() != null) {
            for (FromItem item : delete.getUsingFromItemList()) {
                queries.from(item, scope);
            }
        }
        queries.joins(delete.getJoins(), scope);
        queries.decide(delete.getWhere(), scope);
        queries.decide(delete.getOrderByElements(), scope);
        return returned(delete.getReturningClause(), scope);
    }

    private void target(@Nullable Table table, LineageScope scope) throws NotUnderstood {
        if (table != null) {
            queries.from(table, scope);
        }
    }

    private void assigned(@Nullable List<UpdateSet> sets, LineageScope scope) throws NotUnderstood {
        if (sets != null) {
            for (UpdateSet set : sets) {
                stored.addAll(values.computed(set.getValues(), scope));
            }
        }
    }

    private List<Output> returned(@Nullable ReturningClause clause, LineageScope scope)
            throws NotUnderstood {
        if (clause == null) {
            return List.of();
        }
        if (clause.getDataItems() != null && !clause.getDataItems().isEmpty()) {
            throw new NotUnderstood("RETURNING INTO");
        }
        return queries.items(clause, scope);
    }
}
