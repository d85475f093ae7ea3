package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.WithItem;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which queries of a WITH read which. A name there may be that of a table for one server and that
 * of a later query for another: SQLite takes the query at all times, PostgreSQL behind RECURSIVE.
 */
final class LineageOrder {
    private LineageOrder() {}

    /**
     * @throws NotUnderstood where a query reads, or may read, one that is not known by then
     */
    static void check(Dialect dialect, List<WithItem<?>> items, boolean recursive)
            throws NotUnderstood {
        boolean inOrder = dialect == Dialect.POSTGRESQL || dialect.mysqlFamily();
        if (inOrder && !recursive) {
            return;
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            places.put(key(items.get(i).getAlias()), i);
        }
        for (int i = 0; i < items.size(); i++) {
            Object query = items.get(i).getParenthesedStatement();
            if (query != null) {
                walk(query, places, recursive ? i + 1 : i);
            }
        }
    }

    private static String key(@Nullable Alias alias) {
        return alias == null ? "" : LineageNames.unquoted(alias.getName()).toLowerCase(Locale.ROOT);
    }

    private static void walk(Object node, Map<String, Integer> places, int unknown)
            throws NotUnderstood {
        if (node instanceof Table table && table.getNameParts().size() == 1) {
            String name = LineageNames.part(table, 0);
            if (places.getOrDefault(name.toLowerCase(Locale.ROOT), -1) >= unknown) {
                throw new NotUnderstood("a query in WITH reads itself or a later one: " + name);
            }
        }
        TreeFields.each(node, (child, field) -> walk(child, places, unknown));
    }
}
