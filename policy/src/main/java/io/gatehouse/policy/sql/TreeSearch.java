package io.gatehouse.policy.sql;

import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Select;

/** Looks for kinds of nodes below a node. */
final class TreeSearch {
    private static final NotUnderstood FOUND = new NotUnderstood("found");

    private TreeSearch() {}

    /** Whether a column or a query stands anywhere in {@code node}. */
    static boolean dependsOnRows(Object node) {
        try {
            look(node);
            return false;
        } catch (NotUnderstood e) {
            return true;
        }
    }

    private static void look(Object node) throws NotUnderstood {
        boolean column = node instanceof Column c && !constantWord(c);
        if (column || node instanceof Select) {
            throw FOUND;
        }
        TreeFields.each(node, (child, field) -> look(child));
    }

    private static boolean constantWord(Column column) {
        if (column.getTable() != null) {
            return false;
        }
        return switch (Letters.lower(column.getColumnName())) {
            case "true", "false", "null", "current_date", "current_timestamp", "current_user" ->
                    true;
            default -> false;
        };
    }
}
