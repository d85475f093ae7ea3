package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.ColumnName;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SearchPath;

import java.util.List;

/**
 * {@code column} of any table, {@code table.column}, or {@code schema.table.column}, with {@code
 * *}.
 */
public final class ColumnPattern {
    private final String text;
    private final RelationPattern table;
    private final Glob name;

    /** A pattern as written in a rule. */
    public ColumnPattern(String pattern) {
        int dot = pattern.lastIndexOf('.');
        this.text = pattern;
        this.table = new RelationPattern(dot < 0 ? "*" : pattern.substring(0, dot));
        this.name = new Glob(pattern.substring(dot + 1));
    }

    /** Whether the relation may have such a column. */
    public boolean mayBeOf(Relation relation, SearchPath path) {
        return table.matches(relation, path, false);
    }

    /**
     * Whether the column matches.
     *
     * @param relations those of the statement, of which it is one's where it says no table
     */
    boolean matches(ColumnName column, List<Relation> relations, SearchPath path, boolean surely) {
        if (!name.matches(column.name())) {
            return false;
        }
        if (table.everything()) {
            return true;
        }
        if (!column.table().isEmpty()) {
            Relation own = new Relation(column.schema(), column.table(), Access.READ);
            return table.matches(own, path, surely);
        }
        for (Relation relation : relations) {
            if (table.matches(relation, path, surely) != surely) {
                return !surely;
            }
        }
        return surely && !relations.isEmpty();
    }

    /** Whether the relation is the one whose column this is, wherever it may be. */
    boolean surelyOf(Relation relation, SearchPath path) {
        return table.one() && table.matches(relation, path, true);
    }

    /** Whether a column of the pattern's table has that name. */
    public boolean named(String column) {
        return name.matches(column);
    }

    /** Whether the pattern is for one name only. */
    public boolean exact() {
        return name.toString().indexOf('*') < 0;
    }

    /** The part of the pattern that stands for the column. */
    public String column() {
        return name.toString();
    }

    /** Whether every column of the other matches. */
    public boolean covers(ColumnPattern other) {
        return table.covers(other.table) && name.covers(other.name);
    }

    @Override
    public String toString() {
        return text;
    }
}
