package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.fact.Where;

import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.NextValExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.merge.MergeInsert;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers facts from every node of a statement's tree. */
final class TreeFacts {
    private static final int MAX_DEPTH = 400;

    /** Database, schema and table. */
    private static final int NAME_PARTS = 3;

    private final Dialect dialect;
    private final Draft draft;

    /** Tables that are changed, by identity. */
    private final Map<Table, Boolean> targets = new IdentityHashMap<>();

    /** The names of common table expressions that are visible here. */
    private final Deque<Set<String>> scopes = new ArrayDeque<>();

    private final ColumnNotes columns = new ColumnNotes();

    private int depth;

    TreeFacts(Dialect dialect, Draft draft) {
        this.dialect = dialect;
        this.draft = draft;
    }

    void gather(Statement statement) throws NotUnderstood {
        node(statement, "");
        draft.columns = columns.found();
    }

    private void node(Object node, String field) throws NotUnderstood {
        if (++depth > MAX_DEPTH) {
            throw new NotUnderstood("the statement is nested too deeply");
        }
        switch (node) {
            case Select select -> select(select);
            case ParenthesedInsert insert -> scoped(insert, insert.getWithItemsList());
            case ParenthesedUpdate update -> scoped(update, update.getWithItemsList());
            case ParenthesedDelete delete -> scoped(delete, delete.getWithItemsList());
            case Insert insert -> insert(insert);
            case Update update -> update(update);
            case Delete delete -> delete(delete);
            case Merge merge -> merge(merge);
            case Upsert upsert -> {
                draft.verbs.addAll(ChangeVerbs.REPLACE);
                target(upsert.getTable());
                columns.more();
                children(upsert);
            }
            case MergeInsert insert when insert.getColumns() == null -> {
                columns.more();
                children(insert);
            }
            case Table table -> table(table);
            case Column column -> column(column);
            case AllColumns all -> columns.more();
            case Function function -> {
                function(function.getMultipartName());
                arguments(function);
            }
            case AnalyticExpression analytic -> {
                String name = analytic.getName();
                function(name == null ? null : List.of(name.split("\\.")));
                children(analytic);
            }
            case NextValExpression next -> {
                draft.traits.add(Trait.SEQUENCE);
                draft.traits.add(Trait.MOVES_SEQUENCE);
            }
            case BinaryExpression binary -> chain(binary);
            case Statement other -> statement(other);
            default -> children(node);
        }
        depth--;
    }

    private void children(Object node) throws NotUnderstood {
        TreeFields.each(node, this::node);
    }

    /** Walks a chain such as {@code a or b or c}, which is as deep as it is long, in a loop. */
    private void chain(BinaryExpression first) throws NotUnderstood {
        @Nullable BinaryExpression link = first;
        while (link != null) {
            Expression left = link.getLeftExpression();
            BinaryExpression next = left instanceof BinaryExpression more ? more : null;
            TreeFields.each(
                    link,
                    (child, field) -> {
                        if (next == null || !field.equals("leftExpression")) {
                            node(child, field);
                        }
                    });
            link = next;
        }
    }

    private void statement(Statement other) throws NotUnderstood {
        String name = other.getClass().getSimpleName();
        if (!name.startsWith("Parenthesed")) {
            throw new NotUnderstood("the parser reads it as " + name);
        }
        children(other);
    }

    /** Walks a statement with common table expressions: each sees only those before it. */
    private void scoped(Object statement, @Nullable List<WithItem<?>> items) throws NotUnderstood {
        if (items == null || items.isEmpty()) {
            children(statement);
            return;
        }
        Set<String> names = new HashSet<>();
        scopes.push(names);
        boolean recursive = items.getFirst().isRecursive();
        for (WithItem<?> item : items) {
            Alias alias = item.getAlias();
            String name = alias == null || alias.getName() == null ? "" : alias.getName();
            if (recursive || item.isRecursive()) {
                names.add(common(name));
            }
            node(item, "");
            names.add(common(name));
            columns.query(LineageNames.unquoted(name));
        }
        TreeFields.each(
                statement,
                (child, field) -> {
                    if (!(child instanceof WithItem)) {
                        node(child, field);
                    }
                });
        scopes.pop();
    }

    private static String aliasName(@Nullable Alias alias) {
        return alias == null || alias.getName() == null
                ? ""
                : LineageNames.unquoted(alias.getName());
    }

    private void select(Select select) throws NotUnderstood {
        if (select.getForMode() != null
                || select.getForUpdate() != null
                || select.getForUpdateTables() != null) {
            draft.traits.add(Trait.LOCKS_ROWS);
        }
        if (select instanceof TableStatement) {
            columns.more();
            draft.queries++;
        }
        if (select instanceof ParenthesedSelect named && named.getAlias() != null) {
            columns.query(aliasName(named.getAlias()));
        }
        if (select instanceof PlainSelect plain) {
            draft.queries++;
            createsTable(plain.getIntoTables());
            Table temporary = plain.getIntoTempTable();
            createsTable(temporary == null ? null : List.of(temporary));
        }
        scoped(select, select.getWithItemsList());
    }

    private void createsTable(@Nullable List<Table> tables) {
        if (tables != null && !tables.isEmpty()) {
            tables.forEach(this::target);
            draft.traits.add(Trait.CREATES_TABLE_FROM_QUERY);
        }
    }

    private void target(@Nullable Table table) {
        if (table != null) {
            targets.put(table, true);
        }
    }

    private void insert(Insert insert) throws NotUnderstood {
        draft.verbs.addAll(ChangeVerbs.of(insert));
        target(insert.getTable());
        if (insert.getColumns() == null || insert.getColumns().isEmpty()) {
            columns.more();
        }
        if (insert.getOracleMultiInsertBranches() != null) {
            throw new NotUnderstood("an insert into several tables");
        }
        scoped(insert, insert.getWithItemsList());
    }

    private void update(Update update) throws NotUnderstood {
        draft.verbs.add(Verb.UPDATE);
        bounded(update.getWhere());
        if (update.getStartJoins() == null || update.getStartJoins().isEmpty()) {
            byAlias(update.getTable(), update);
        } else {
            // MySQL may change any table of the join.
            target(update.getTable());
            update.getStartJoins().forEach(j -> tableOf(j.getFromItem()));
        }
        scoped(update, update.getWithItemsList());
    }

    private void tableOf(@Nullable Object item) {
        if (item instanceof Table table) {
            target(table);
        }
    }

    private void delete(Delete delete) throws NotUnderstood {
        draft.verbs.add(Verb.DELETE);
        bounded(delete.getWhere());
        List<Table> named = delete.getTables();
        if (named == null || named.isEmpty()) {
            byAlias(delete.getTable(), delete);
        } else {
            for (Table table : named) {
                byAlias(table, delete);
            }
        }
        scoped(delete, delete.getWithItemsList());
    }

    private void merge(Merge merge) throws NotUnderstood {
        draft.verbs.addAll(ChangeVerbs.of(merge));
        target(merge.getTable());
        if (ChangeVerbs.everyRow(merge, draft)) {
            draft.where(Where.ALWAYS_TRUE);
        }
        scoped(merge, merge.getWithItemsList());
    }

    private void bounded(@Nullable Expression where) {
        if (where == null) {
            draft.where(Where.ABSENT);
        } else {
            draft.where(Truth.of(where, draft) == Truth.TRUE ? Where.ALWAYS_TRUE : Where.PRESENT);
        }
    }

    /** T-SQL and MySQL may name the changed table by its alias: mark both. */
    private void byAlias(@Nullable Table named, Statement statement) throws NotUnderstood {
        if (named == null) {
            return;
        }
        target(named);
        String name = LineageNames.part(named, 0);
        TreeFields.each(statement, (child, field) -> markAliased(child, name));
    }

    private void markAliased(Object child, String name) throws NotUnderstood {
        if (child instanceof Table table) {
            if (aliasName(table.getAlias()).equals(name)) {
                target(table);
            }
        } else if (child instanceof net.sf.jsqlparser.statement.select.Join join) {
            markAliased(join.getFromItem(), name);
        }
    }

    /** {@code count(*)} tells nothing of any column. */
    private void arguments(Function function) throws NotUnderstood {
        boolean counts = "count".equalsIgnoreCase(function.getName());
        TreeFields.each(
                function,
                (child, field) -> {
                    boolean all =
                            child instanceof ExpressionList<?> list
                                    && list.size() == 1
                                    && list.getFirst().getClass() == AllColumns.class;
                    if (!counts || !all) {
                        node(child, field);
                    }
                });
    }

    private void column(Column column) throws NotUnderstood {
        Table of = column.getTable();
        boolean qualified = of != null && of.getName() != null;
        if (qualified && dialect == Dialect.POSTGRESQL && RowCalls.known(column.getColumnName())) {
            columns.more();
        }
        columns.column(
                qualified ? LineageNames.part(of, 1) : "",
                qualified ? LineageNames.part(of, 0) : "",
                LineageNames.unquoted(column.getColumnName()));
        TreeFields.each(
                column,
                (child, field) -> {
                    if (!(child instanceof Table)) {
                        node(child, field);
                    }
                });
    }

    private void table(Table table) throws NotUnderstood {
        String name = LineageNames.part(table, 0);
        String schema = LineageNames.part(table, 1);
        if (name.startsWith("?") || name.startsWith("'")) {
            throw new NotUnderstood("a parameter or a string stands where a table belongs");
        }
        if (table.getNameParts().size() > NAME_PARTS) {
            // Only SQL Server knows such names: the first part is another server.
            draft.traits.add(Trait.FILE_ACCESS);
        }
        boolean write = targets.containsKey(table);
        columns(table, new QualifiedName(schema, name));
        if (name.startsWith("@")) {
            draft.traits.add(Trait.TEMPORARY);
        } else if (write || !schema.isEmpty() || !commonTable(table)) {
            draft.relation(new QualifiedName(schema, name), write ? Access.WRITE : Access.READ);
        }
        children(table);
    }

    private void columns(Table table, QualifiedName named) {
        Alias alias = table.getAlias();
        if (named.schema().isEmpty() && commonTable(table)) {
            columns.query(alias == null ? named.name() : aliasName(alias));
            return;
        }
        columns.table(alias == null ? named.name() : aliasName(alias), named);
        if (alias != null && alias.getAliasColumns() != null) {
            // The columns have other names from here on.
            columns.more();
        }
    }

    private String common(String raw) {
        return LineageNames.common(dialect, raw);
    }

    private boolean commonTable(Table table) {
        String name = common(LineageNames.raw(table));
        for (Set<String> scope : scopes) {
            if (scope.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private void function(@Nullable List<String> parts) {
        if (parts == null) {
            return;
        }
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            if (part != null) {
                name.append(name.isEmpty() ? "" : ".")
                        .append(Letters.lower(LineageNames.unquoted(part)));
            }
        }
        switch (name.toString()) {
            case "any", "all", "some", "exists" -> {}
            default -> draft.functions.add(name.toString());
        }
    }
}
