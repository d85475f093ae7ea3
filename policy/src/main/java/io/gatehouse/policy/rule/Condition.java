package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * What a rule looks for. An empty part takes everything; of the others every one has to match.
 *
 * @param users user names, may hold {@code *}
 * @param groups group names, may hold {@code *}
 * @param connections logical connections, may hold {@code *}
 * @param verbs verbs that the statement runs
 * @param relations patterns of the relations that it names
 * @param access which relations count; {@code null} for both
 * @param functions function names, may hold {@code *}
 * @param facts bits of {@link FactName}, of which one holds
 */
public record Condition(
        List<Glob> users,
        List<Glob> groups,
        List<Glob> connections,
        Set<Verb> verbs,
        List<RelationPattern> relations,
        @Nullable Access access,
        List<Glob> functions,
        int facts) {

    /** Takes everything. */
    public static final Condition ANY =
            new Condition(List.of(), List.of(), List.of(), Set.of(), List.of(), null, List.of(), 0);

    public Condition {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        connections = List.copyOf(connections);
        verbs = Set.copyOf(verbs);
        relations = List.copyOf(relations);
        functions = List.copyOf(functions);
    }

    /** Whether the condition names the fact. */
    public boolean names(FactName fact) {
        return (facts & fact.bit()) != 0;
    }

    boolean matchesSubject(Subject subject) {
        return any(users, subject.user())
                && any(connections, subject.connection())
                && anyGroup(subject.groups());
    }

    private static boolean any(List<Glob> patterns, String text) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(text)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyGroup(Set<String> of) {
        if (groups.isEmpty()) {
            return true;
        }
        for (String group : of) {
            if (any(groups, group)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether one statement matches.
     *
     * @param holding its facts as bits
     * @param surely true: everything in the statement has to match, and what cannot be known does
     *     not; false: one hit is enough, and what cannot be known is one
     */
    boolean matchesStatement(StatementFacts statement, int holding, boolean surely) {
        if (facts != 0 && (facts & holding) == 0) {
            return false;
        }
        if (!verbs.isEmpty() && !matchesVerbs(statement, surely)) {
            return false;
        }
        if (!functions.isEmpty() && !matchesFunctions(statement, surely)) {
            return false;
        }
        return (relations.isEmpty() && access == null) || matchesRelations(statement, surely);
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
            if ((any(functions, function) || any(functions, last)) != surely) {
                return !surely;
            }
        }
        return surely;
    }

    private boolean matchesRelations(StatementFacts statement, boolean surely) {
        boolean unknown =
                statement.traits().contains(Trait.UNPARSED)
                        || statement.traits().contains(Trait.OPAQUE)
                        || !statement.understood();
        if (unknown) {
            return !surely || (access == null && allRelations());
        }
        List<Relation> named = statement.relations();
        for (int i = 0; i < named.size(); i++) {
            if (matchesRelation(named.get(i), surely) != surely) {
                return !surely;
            }
        }
        return surely && !named.isEmpty();
    }

    private boolean matchesRelation(Relation relation, boolean surely) {
        if (access != null && access != relation.access()) {
            return false;
        }
        for (int i = 0; i < relations.size(); i++) {
            if (relations.get(i).matches(relation, !surely)) {
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
}
