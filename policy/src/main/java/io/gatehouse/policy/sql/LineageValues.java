package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;

import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.UserVariable;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FunctionAllColumns;
import net.sf.jsqlparser.statement.select.Select;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the values of expressions may have come from. */
final class LineageValues {
    /** Each query around a query may look at it twice: without an end that would go on for ever. */
    private static final int MOST_STEPS = 200_000;

    private final Dialect dialect;
    private final LineageQueries queries;
    private int steps;

    LineageValues(Dialect dialect, LineageQueries queries) {
        this.dialect = dialect;
        this.queries = queries;
    }

    /** Of an expression that stands for a value as it is. */
    Set<Origin> of(Expression expression, LineageScope scope) throws NotUnderstood {
        Expression inner = expression;
        while (inner instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            inner = list.getFirst();
        }
        return inner instanceof Column column ? column(column, scope) : computed(inner, scope);
    }

    /** The column's own name where the expression is one. */
    static String name(Expression expression) {
        return expression instanceof Column column
                ? LineageNames.unquoted(column.getColumnName())
                : "";
    }

    /** The column's name where the expression gives one. */
    static String given(Expression expression) {
        return expression instanceof Column column
                ? LineageNames.given(column.getColumnName())
                : "";
    }

    /** Of anything that is computed from what stands in it. */
    Set<Origin> computed(Object node, LineageScope scope) throws NotUnderstood {
        Set<Origin> found = new LinkedHashSet<>();
        collect(node, scope, found);
        Set<Origin> computed = new LinkedHashSet<>();
        found.forEach(origin -> computed.add(origin.computed()));
        return computed;
    }

    void step() throws NotUnderstood {
        if (++steps > MOST_STEPS) {
            throw new NotUnderstood("the statement has too many parts within parts");
        }
    }

    private void collect(Object node, LineageScope scope, Set<Origin> into) throws NotUnderstood {
        step();
        switch (node) {
            case Select select -> into.addAll(LineageScope.row(queries.outputs(select, scope)));
            case Column column -> {
                into.addAll(column(column, scope));
                children(column, scope, into);
            }
            case Table table -> {}
            case FunctionAllColumns all -> collect(all.getFunction(), scope, into);
            case AllTableColumns all -> into.addAll(LineageScope.row(columnsOf(all, scope)));
            case AllColumns all -> into.addAll(LineageScope.row(scope.everything()));
            case Function function -> function(function, scope, into);
            case AnalyticExpression analytic -> {
                if (analytic.isAllColumns() && counts(analytic.getName())) {
                    return;
                }
                called(analytic.getName(), into);
                children(analytic, scope, into);
            }
            case UserVariable variable -> {
                if (!variable.isDoubleAdd()) {
                    into.add(new Origin.Unknown("a variable"));
                }
            }
            default -> children(node, scope, into);
        }
    }

    private void children(Object node, LineageScope scope, Set<Origin> into) throws NotUnderstood {
        TreeFields.each(node, (child, field) -> collect(child, scope, into));
    }

    private static boolean counts(String name) {
        return "count".equalsIgnoreCase(name);
    }

    private void function(Function function, LineageScope scope, Set<Origin> into)
            throws NotUnderstood {
        String name = function.getName();
        if (dialect.mysqlFamily() && "values".equalsIgnoreCase(name)) {
            // In ON DUPLICATE KEY UPDATE: what the statement itself brings.
            return;
        }
        called(name, into);
        TreeFields.each(
                function,
                (child, field) -> {
                    boolean star =
                            child instanceof List<?> list
                                    && list.size() == 1
                                    && list.getFirst() != null
                                    && list.getFirst().getClass() == AllColumns.class;
                    if (!star || !counts(name)) {
                        collect(child, scope, into);
                    }
                });
    }

    private void called(String written, Set<Origin> into) {
        if (written == null) {
            return;
        }
        int dot = written.lastIndexOf('.');
        String schema = dot < 0 ? "" : LineageNames.unquoted(written.substring(0, dot));
        String name = Letters.lower(LineageNames.unquoted(written.substring(dot + 1)));
        switch (name) {
            case "any", "all", "some", "exists" -> {
                return;
            }
            default -> {}
        }
        boolean own =
                schema.isEmpty()
                        || schema.equalsIgnoreCase("pg_catalog")
                        || schema.equalsIgnoreCase("information_schema");
        if (!own || !FunctionLists.known(name) || FunctionLists.dangerous(name)) {
            into.add(new Origin.OfFunction(schema.isEmpty() ? name : schema + "." + name));
        }
    }

    private Set<Origin> column(Column column, LineageScope scope) {
        Table of = column.getTable();
        boolean qualified = of != null && of.getName() != null;
        String name = LineageNames.unquoted(column.getColumnName());
        if (!qualified) {
            return scope.empty() ? Set.of() : scope.column("", "", name);
        }
        String schema = LineageNames.part(of, 1);
        String table = LineageNames.part(of, 0);
        Set<Origin> found = scope.column(schema, table, name);
        // Of these functions, oid takes numbers only; catalogues have a column of that name.
        boolean listed = FunctionLists.known(name) || FunctionLists.dangerous(name);
        boolean call = listed && !name.equals("oid");
        if (dialect == Dialect.POSTGRESQL && call) {
            // c.to_json is to_json(c) there.
            found.addAll(LineageScope.row(scope.everythingOf(schema, table)));
        }
        return found;
    }

    /** What {@code t.*} stands for. */
    static List<Output> columnsOf(AllTableColumns all, LineageScope scope) {
        Table table = all.getTable();
        if (table == null || table.getName() == null) {
            return scope.everything();
        }
        return scope.everythingOf(LineageNames.part(table, 1), LineageNames.part(table, 0));
    }
}
