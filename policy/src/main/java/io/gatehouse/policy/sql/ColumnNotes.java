package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.ColumnName;
import io.gatehouse.policy.fact.Columns;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The columns of one statement while its tree is walked; tables become known as it goes. */
final class ColumnNotes {
    /** What an alias stands for where that is not one table: a query, or several things. */
    private static final QualifiedName NO_TABLE = new QualifiedName("", "");

    /** What the row of the changed table is called before and after the change. */
    private static final Set<String> CHANGED_ROWS = Set.of("old", "new", "inserted", "deleted");

    private final Set<ColumnName> changed = new LinkedHashSet<>();
    private final Map<String, QualifiedName> tables = new HashMap<>();
    private final Set<ColumnName> columns = new LinkedHashSet<>();
    private final Set<String> bare = new HashSet<>();
    private boolean more;

    /** A table stands in the statement under a name of its own or of an alias. */
    void table(String shownAs, QualifiedName table) {
        QualifiedName before = tables.putIfAbsent(key(shownAs), table);
        if (before != null && !before.equals(table)) {
            tables.put(key(shownAs), NO_TABLE);
        }
    }

    /** A name in the statement is that of a query. */
    void query(String shownAs) {
        tables.put(key(shownAs), NO_TABLE);
    }

    /** Whether letters count in either case depends on the server. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * A column stands in the statement.
     *
     * @param of the table or alias before it; {@code ""} for none
     */
    void column(String schema, String of, String name) {
        columns.add(new ColumnName(schema, of, name));
        if (schema.isEmpty() && CHANGED_ROWS.contains(of)) {
            changed.add(new ColumnName("", of, name));
        }
        if (of.isEmpty()) {
            bare.add(key(name));
        }
    }

    /** There may be columns that do not stand in the statement. */
    void more() {
        more = true;
    }

    /** What was found, with each alias told as its table. */
    Columns found() {
        Set<ColumnName> known = new LinkedHashSet<>();
        for (ColumnName column : columns) {
            QualifiedName table =
                    column.schema().isEmpty() ? tables.get(key(column.table())) : null;
            known.add(
                    table == null
                            ? column
                            : new ColumnName(table.schema(), table.name(), column.name()));
        }
        for (ColumnName column : changed) {
            if (!tables.containsKey(key(column.table()))) {
                known.add(new ColumnName("", "", column.name()));
            }
        }
        // The name of a table in the place of a column is its whole row.
        boolean rows = bare.stream().anyMatch(tables::containsKey);
        return new Columns(known, !more && !rows);
    }
}
