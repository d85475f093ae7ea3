package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.ColumnName;
import io.gatehouse.policy.fact.Columns;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Which statements a rule looks for. An empty part takes all; of the others every one has to match.
 *
 * @param verbs verbs that the statement runs
 * @param relations patterns of the relations that it names
 * @param access which relations count; {@code null} for both
 * @param columns patterns of the columns that it names
 * @param functions function names, may hold {@code *}
 * @param facts bits of {@link FactName}, of which one holds
 */
public record Deed(
        Set<Verb> verbs,
        List<RelationPattern> relations,
        @Nullable Access access,
        List<ColumnPattern> columns,
        List<Glob> functions,
        int facts) {

    /** Every statement. */
    public static final Deed ANYTHING =
            new Deed(Set.of(), List.of(), null, List.of(), List.of(), 0);

    public Deed {
        verbs = Set.copyOf(verbs);
        relations = List.copyOf(relations);
        columns = List.copyOf(columns);
        functions = List.copyOf(functions);
    }

    /** Whether the fact is named here. */
    public boolean names(FactName fact) {
        return (facts & fact.bit()) != 0;
    }

    /**
     * The first part that one statement does not match, or {@code null}.
     *
     * @param holding its facts as bits
     * @param surely true: everything in the statement has to match, and what cannot be known does
     *     not; false: one hit is enough, and what cannot be known is one
     */
    @Nullable Part missing(StatementFacts statement, int holding, SearchPath path, boolean surely) {
        if (facts != 0 && (facts & holding) == 0) {
            return Part.FACTS;
        }
        if (!verbs.isEmpty() && !matchesVerbs(statement, surely)) {
            return Part.VERBS;
        }
        if (!functions.isEmpty() && !matchesFunctions(statement, surely)) {
            return Part.FUNCTIONS;
        }
        boolean anyRelation = relations.isEmpty() && access == null;
        if (!anyRelation && !matchesRelations(statement, path, surely)) {
            return Part.RELATIONS;
        }
        boolean anyColumn = columns.isEmpty();
        return anyColumn || matchesColumns(statement, path, surely) ? null : Part.COLUMNS;
    }

    private boolean matchesVerbs(StatementFacts statement, boolean surely) {
        for (Verb verb : statement.verbs()) {
            if (verbs.contains(verb) != surely) {
                return !surely;
            }
        }
        return surely;
    }

    private boolean matchesFunctions(StatementFacts statement, boolean surely) {
        if (statement.functions().isEmpty()) {
            return false;
        }
        for (String function : statement.functions()) {
            String last = function.substring(function.lastIndexOf('.') + 1);
            if ((Glob.any(functions, function) || Glob.any(functions, last)) != surely) {
                return !surely;
            }
        }
        return surely;
    }

    private static boolean unknownRelations(StatementFacts statement) {
        return statement.traits().contains(Trait.UNPARSED)
                || statement.traits().contains(Trait.OPAQUE)
                || !statement.understood();
    }

    private boolean matchesRelations(StatementFacts statement, SearchPath path, boolean surely) {
        if (unknownRelations(statement)) {
            return !surely || (access == null && allRelations());
        }
        List<Relation> named = statement.relations();
        for (int i = 0; i < named.size(); i++) {
            if (matchesRelation(named.get(i), path, surely) != surely) {
                return !surely;
            }
        }
        return surely && !named.isEmpty();
    }

    private boolean matchesRelation(Relation relation, SearchPath path, boolean surely) {
        if (access != null && access != relation.access()) {
            return false;
        }
        for (int i = 0; i < relations.size(); i++) {
            if (relations.get(i).matches(relation, path, surely)) {
                return true;
            }
        }
        return relations.isEmpty();
    }

    private boolean allRelations() {
        for (RelationPattern pattern : relations) {
            if (pattern.everything()) {
                return true;
            }
        }
        return relations.isEmpty();
    }

    private boolean matchesColumns(StatementFacts statement, SearchPath path, boolean surely) {
        Columns found = statement.columns();
        if (!found.complete()) {
            return !surely && (unknownRelations(statement) || anyTable(statement, path));
        }
        for (ColumnName column : found.named()) {
            if (matchesColumn(column, statement, path, surely) != surely) {
                return !surely;
            }
        }
        return surely && !found.named().isEmpty();
    }

    private boolean anyTable(StatementFacts statement, SearchPath path) {
        for (ColumnPattern pattern : columns) {
            for (Relation relation : statement.relations()) {
                if (pattern.mayBeOf(relation, path)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean matchesColumn(
            ColumnName column, StatementFacts statement, SearchPath path, boolean surely) {
        for (ColumnPattern pattern : columns) {
            if (pattern.matches(column, statement.relations(), path, surely)) {
                return true;
            }
        }
        return false;
    }
}
