package io.gatehouse.policy.sql;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.RowGetExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.Index;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.WithItem;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the names in a parser's tree. The parser keeps some parts of a text as they were written,
 * where no walk finds a column: a name that stands in the text more often than in the tree is one.
 */
final class LineageCensus {
    private final Map<String, Integer> counted = new HashMap<>();
    private final Set<String> sources = new HashSet<>();

    /** Columns to which the statement gives a name. */
    private final Set<String> renamed = new HashSet<>();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private LineageCensus() {}

    /**
     * The names that the tree does not have as often as the text.
     *
     * @throws NotUnderstood where the name of a table or its alias is among them
     */
    static Set<String> hidden(Statement tree, List<Token> tokens) throws NotUnderstood {
        LineageCensus census = new LineageCensus();
        census.visit(tree);
        Map<String, Integer> written = new HashMap<>();
        for (Token token : tokens) {
            // The parser is not given that word, which is no name for those who leave it unquoted.
            if (token.identifier() && !token.is("COLLATE")) {
                census.computed(token);
                written.merge(Letters.lower(token.text()), 1, Integer::sum);
            }
        }
        Set<String> hidden = new HashSet<>();
        written.forEach((name, times) -> {
            if (times > census.counted.getOrDefault(name, 0)) {
                hidden.add(name);
            }
        });
        for (String name : hidden) {
            if (census.sources.contains(name) || census.renamed.contains(name)) {
                throw new NotUnderstood("the parser does not say where " + name + " stands");
            }
        }
        return hidden;
    }

    /** Some servers call a column by the text of its expression. */
    private void computed(Token token) {
        boolean word = token.text().chars().allMatch(Letters::inWord);
        if (token.kind() == Token.Kind.NAME && !word) {
            renamed.add(Letters.lower(token.text()));
        }
    }

    private void visit(Object node) throws NotUnderstood {
        if (!seen.add(node)) {
            return;
        }
        switch (node) {
            case Column column -> count(column.getColumnName());
            case Table table -> {
                for (String part : table.getNameParts()) {
                    count(part);
                }
                source(LineageNames.part(table, 0));
            }
            case Alias alias -> {
                count(alias.getName());
                source(LineageNames.alias(alias));
            }
            case Alias.AliasColumn column -> {
                count(column.name);
                renamed.add(Letters.lower(LineageNames.unquoted(column.name)));
            }
            case WithItem<?> item -> {
                if (item.getWithItemList() != null) {
                    for (SelectItem<?> each : item.getWithItemList()) {
                        renamed.add(Letters.lower(LineageValues.name(each.getExpression())));
                    }
                }
            }
            case Index.ColumnParams column -> count(column.getColumnName());
            // Its value comes from the row, which is looked at.
            case RowGetExpression field -> count(field.getColumnName());
            case Function function -> {
                List<String> parts = function.getMultipartName();
                if (parts != null) {
                    parts.forEach(this::count);
                }
            }
            case AnalyticExpression analytic -> {
                if (analytic.getName() != null) {
                    for (String part : analytic.getName().split("\\.")) {
                        count(part);
                    }
                }
            }
            default -> {}
        }
        TreeFields.each(node, (child, field) -> visit(child));
    }

    private void source(String name) {
        if (!name.isEmpty()) {
            sources.add(Letters.lower(name));
        }
    }

    private void count(@Nullable String name) {
        if (name != null) {
            counted.merge(Letters.lower(LineageNames.unquoted(name)), 1, Integer::sum);
        }
    }
}
