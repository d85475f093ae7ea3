package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.FunctionAllColumns;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.select.WithItem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The columns of queries. */
final class LineageQueries {
    /** A chain of common table expressions that read themselves settles long before. */
    private static final int ROUNDS = 12;

    private final Dialect dialect;
    private final LineageValues values;
    private final LineageChanges changes;

    /** What decides on rows, groups and their order in any query that was looked at. */
    private final Set<Origin> conditions = new LinkedHashSet<>();

    LineageQueries(Dialect dialect) {
        this.dialect = dialect;
        this.values = new LineageValues(dialect, this);
        this.changes = new LineageChanges(this, values);
    }

    LineageChanges changes() {
        return changes;
    }

    Set<Origin> conditions() {
        return conditions;
    }

    List<Output> outputs(Select select, @Nullable LineageScope outer) throws NotUnderstood {
        values.step();
        LineageScope scope = scope(outer);
        with(select.getWithItemsList(), scope);
        List<Output> outputs =
                switch (select) {
                    case PlainSelect plain -> plain(plain, scope);
                    case SetOperationList list -> combined(list, scope);
                    case ParenthesedSelect inner ->
                            inner.getSelect() == null
                                    ? List.of(Output.unknown("a query without a body"))
                                    : outputs(inner.getSelect(), scope);
                    case Values rows -> rows(rows, scope);
                    case TableStatement table -> table(table.getTable(), scope);
                    default ->
                            List.of(
                                    Output.unknown(
                                            "a query of the form "
                                                    + select.getClass().getSimpleName()));
                };
        boolean turned = select.getPivot() != null || select.getUnPivot() != null;
        ordered(select.getOrderByElements(), outputs, scope);
        return turned ? List.of(Output.any(LineageScope.row(outputs))) : outputs;
    }

    LineageScope scope(@Nullable LineageScope outer) {
        return new LineageScope(dialect, outer);
    }

    void with(@Nullable List<WithItem<?>> items, LineageScope scope) throws NotUnderstood {
        if (items == null) {
            return;
        }
        boolean recursive = !items.isEmpty() && items.getFirst().isRecursive();
        LineageOrder.check(dialect, items, recursive);
        for (WithItem<?> item : items) {
            if (item.getWithFunctionDeclaration() != null) {
                throw new NotUnderstood("a function is declared in WITH");
            }
            Alias alias = item.getAlias();
            String name = alias == null || alias.getName() == null ? "" : alias.getName();
            if (recursive || item.isRecursive()) {
                recursive(item, name, scope);
            } else {
                scope.commonTable(name, body(item, scope));
            }
        }
    }

    private void recursive(WithItem<?> item, String name, LineageScope scope) throws NotUnderstood {
        Object statement = item.getParenthesedStatement();
        List<Output> known = List.of();
        boolean union =
                statement instanceof ParenthesedSelect query
                        && query.getSelect() instanceof SetOperationList;
        if (union
                && statement instanceof ParenthesedSelect query
                && query.getSelect() instanceof SetOperationList list) {
            LineageScope inner = scope(scope);
            with(list.getWithItemsList(), inner);
            known = named(item, outputs(list.getSelects().getFirst(), inner));
        }
        for (int round = 0; round < ROUNDS; round++) {
            scope.commonTable(name, known);
            List<Output> next = body(item, scope);
            if (next.equals(known)) {
                return;
            }
            known = next;
        }
        scope.commonTable(name, List.of(Output.unknown("a query that reads itself")));
    }

    private List<Output> body(WithItem<?> item, LineageScope scope) throws NotUnderstood {
        Object statement = item.getParenthesedStatement();
        List<Output> outputs =
                statement instanceof Select select
                        ? outputs(select, scope)
                        : changes.outputs(statement, scope);
        boolean added = item.getSearchClause() != null || item.getCycleClause() != null;
        return added ? List.of(Output.any(LineageScope.row(outputs))) : named(item, outputs);
    }

    private static List<Output> named(WithItem<?> item, List<Output> outputs) {
        List<String> names = new ArrayList<>();
        List<SelectItem<?>> list = item.getWithItemList();
        if (list != null) {
            for (SelectItem<?> each : list) {
                names.add(LineageValues.given(each.getExpression()));
            }
        }
        return LineageNames.renamed(LineageNames.renamed(outputs, item.getAlias()), names);
    }

    private List<Output> combined(SetOperationList list, LineageScope scope) throws NotUnderstood {
        List<List<Output>> branches = new ArrayList<>();
        for (Select branch : list.getSelects()) {
            branches.add(outputs(branch, scope));
        }
        return byPosition(branches);
    }

    private static List<Output> byPosition(List<List<Output>> branches) {
        List<Output> first = branches.getFirst();
        Set<Origin> all = new LinkedHashSet<>();
        boolean aligned = true;
        for (List<Output> branch : branches) {
            aligned &=
                    branch.size() == first.size()
                            && branch.stream().allMatch(o -> o.width() == Output.Width.ONE);
            branch.forEach(output -> all.addAll(output.origins()));
        }
        if (!aligned) {
            return List.of(Output.any(all));
        }
        List<Output> combined = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Set<Origin> origins = new LinkedHashSet<>();
            for (List<Output> branch : branches) {
                origins.addAll(branch.get(i).origins());
            }
            // Of rows of several queries the server does not say whose column it is.
            origins.removeIf(Origin.Attribute.class::isInstance);
            combined.add(Output.one(first.get(i).name(), origins));
        }
        return combined;
    }

    private List<Output> rows(Values rows, LineageScope scope) throws NotUnderstood {
        List<List<Output>> branches = new ArrayList<>();
        boolean nested =
                rows.getExpressions() != null
                        && !rows.getExpressions().isEmpty()
                        && rows.getExpressions().stream()
                                .allMatch(ExpressionList.class::isInstance);
        if (!nested) {
            return List.of(Output.any(values.computed(rows.getExpressions(), scope)));
        }
        for (Expression row : rows.getExpressions()) {
            List<Output> branch = new ArrayList<>();
            for (Object value : (ExpressionList<?>) row) {
                branch.add(Output.one("", values.of((Expression) value, scope)));
            }
            branches.add(branch);
        }
        return byPosition(branches);
    }

    private List<Output> plain(PlainSelect plain, LineageScope scope) throws NotUnderstood {
        if (plain.getFromItem() != null) {
            from(plain.getFromItem(), scope);
        }
        joins(plain.getJoins(), scope);
        if (plain.getLateralViews() != null) {
            scope.add("", "", List.of(Output.unknown("a lateral view")));
        }
        List<Output> outputs = items(plain.getSelectItems(), scope);
        boolean other =
                plain.getForXmlPath() != null
                        || plain.getOracleHierarchical() != null
                        || plain.getSettings() != null;
        decide(plain.getWhere(), scope);
        decide(plain.getPreWhere(), scope);
        decide(plain.getHaving(), scope);
        decide(plain.getQualify(), scope);
        decide(plain.getDistinct(), scope);
        grouped(plain.getGroupBy(), outputs, scope);
        return other ? List.of(Output.any(LineageScope.row(outputs))) : outputs;
    }

    List<Output> items(@Nullable List<SelectItem<?>> items, LineageScope scope)
            throws NotUnderstood {
        List<Output> outputs = new ArrayList<>();
        if (items == null) {
            return outputs;
        }
        for (SelectItem<?> item : items) {
            Expression expression = item.getExpression();
            switch (expression) {
                case FunctionAllColumns all -> outputs.add(Output.any(values.computed(all, scope)));
                case AllTableColumns all ->
                        outputs.addAll(adjusted(all, LineageValues.columnsOf(all, scope), scope));
                case AllColumns all -> outputs.addAll(adjusted(all, scope.everything(), scope));
                case null -> outputs.add(Output.unknown("an empty item"));
                default -> {
                    String name =
                            item.getAlias() == null
                                    ? LineageValues.name(expression)
                                    : LineageNames.alias(item.getAlias());
                    outputs.add(Output.one(name, values.of(expression, scope)));
                }
            }
        }
        return outputs;
    }

    /** Columns may be left out or replaced. */
    private List<Output> adjusted(AllColumns all, List<Output> outputs, LineageScope scope)
            throws NotUnderstood {
        if (all.getExceptColumns() == null && all.getReplaceExpressions() == null) {
            return outputs;
        }
        Set<Origin> origins = new LinkedHashSet<>(LineageScope.row(outputs));
        if (all.getReplaceExpressions() != null) {
            origins.addAll(values.computed(all.getReplaceExpressions(), scope));
        }
        return List.of(Output.any(origins));
    }

    void joins(@Nullable List<Join> joins, LineageScope scope) throws NotUnderstood {
        if (joins == null) {
            return;
        }
        for (Join join : joins) {
            if (join.isApply() && join.getFromItem() instanceof Select applied) {
                // It sees what stands before it.
                add("", applied, outputs(applied, scope), scope);
            } else {
                from(join.getFromItem(), scope);
            }
            boolean using = join.getUsingColumns() != null && !join.getUsingColumns().isEmpty();
            if (using || join.isNatural()) {
                scope.merge();
            }
            if (join.isNatural()) {
                conditions.addAll(LineageScope.row(scope.everything()));
            }
            decide(join.getUsingColumns(), scope);
            decide(join.getOnExpressions(), scope);
        }
    }

    void from(FromItem item, LineageScope scope) throws NotUnderstood {
        List<Output> outputs;
        String schema = "";
        switch (item) {
            case Table table -> {
                schema = LineageNames.part(table, 1);
                outputs = table(table, scope);
            }
            case LateralSubSelect lateral -> outputs = outputs(lateral, scope);
            // It sees what is around its query, not what stands beside it.
            case Select select -> outputs = outputs(select, scope.around());
            case ParenthesedFromItem nested -> {
                if (item.getAlias() == null) {
                    from(nested.getFromItem(), scope);
                    joins(nested.getJoins(), scope);
                    return;
                }
                LineageScope inner = scope(scope);
                from(nested.getFromItem(), inner);
                joins(nested.getJoins(), inner);
                outputs = inner.everything();
            }
            case TableFunction function ->
                    outputs = List.of(Output.any(values.computed(function, scope)));
            case Expression other -> outputs = List.of(Output.any(values.computed(other, scope)));
            default -> outputs = List.of(Output.unknown("a table of another form"));
        }
        add(schema, item, outputs, scope);
    }

    private static void add(
            String schema, FromItem item, List<Output> outputs, LineageScope scope) {
        Alias alias = item.getAlias();
        String name = LineageNames.alias(alias);
        if (alias == null && item instanceof Table table) {
            name = LineageNames.part(table, 0);
        }
        boolean turned = item.getPivot() != null || item.getUnPivot() != null;
        List<Output> shown = turned ? List.of(Output.any(LineageScope.row(outputs))) : outputs;
        scope.add(schema, name, LineageNames.renamed(shown, alias));
    }

    private List<Output> table(Table table, LineageScope scope) {
        String name = LineageNames.part(table, 0);
        String schema = LineageNames.part(table, 1);
        List<Output> common = schema.isEmpty() ? scope.commonTable(table) : null;
        if (common != null) {
            return common;
        }
        return name.startsWith("@")
                ? List.of(Output.unknown("a table variable"))
                : List.of(Output.table(schema, name));
    }

    void decide(@Nullable Object on, LineageScope scope) throws NotUnderstood {
        if (on != null) {
            conditions.addAll(values.computed(on, scope));
        }
    }

    private void ordered(
            @Nullable List<OrderByElement> order, List<Output> outputs, LineageScope scope)
            throws NotUnderstood {
        if (order != null) {
            for (OrderByElement element : order) {
                by(element.getExpression(), outputs, scope);
            }
        }
    }

    private void grouped(@Nullable Object group, List<Output> outputs, LineageScope scope)
            throws NotUnderstood {
        if (group != null) {
            TreeFields.each(
                    group,
                    (child, field) -> {
                        by(child, outputs, scope);
                        if (child instanceof ExpressionList<?> list) {
                            for (Object each : list) {
                                by(each, outputs, scope);
                            }
                        }
                    });
        }
    }

    /** Numbers and names there may be those of columns of the result. */
    private void by(Object what, List<Output> outputs, LineageScope scope) throws NotUnderstood {
        if (what instanceof LongValue) {
            conditions.addAll(LineageScope.row(outputs));
        }
        if (what instanceof Column column) {
            String name = LineageNames.unquoted(column.getColumnName());
            for (Output output : outputs) {
                if (output.name().isEmpty() || output.name().equalsIgnoreCase(name)) {
                    conditions.addAll(output.computed());
                }
            }
        }
        decide(what, scope);
    }
}
