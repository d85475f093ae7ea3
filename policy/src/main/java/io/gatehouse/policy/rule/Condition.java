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
 * What a rule looks for. An empty part takes everything; within a part one hit is enough, and every
 * part has to hit.
 *
 * @param users user names, may hold {@code *}
 * @param groups group names, may hold {@code *}
 * @param connections logical connections, may hold {@code *}
 * @param verbs verbs, of which the statement runs one
 * @param relations patterns, of which one relation with the access meets one
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
     * @param inDoubt the answer where names cannot be known: unparsed reads, unknown schemas
     */
    boolean matchesStatement(StatementFacts statement, int holding, boolean inDoubt) {
        if (facts != 0 && (facts & holding) == 0) {
            return false;
        }
        if (!verbs.isEmpty() && !anyVerb(statement)) {
            return false;
        }
        if (!functions.isEmpty() && !anyFunction(statement)) {
            return false;
        }
        return (relations.isEmpty() && access == null) || anyRelation(statement, inDoubt);
    }

    private boolean anyVerb(StatementFacts statement) {
        for (Verb verb : statement.verbs()) {
            if (verbs.contains(verb)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyFunction(StatementFacts statement) {
        for (String function : statement.functions()) {
            String last = function.substring(function.lastIndexOf('.') + 1);
            for (Glob pattern : functions) {
                if (pattern.matches(function) || pattern.matches(last)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean anyRelation(StatementFacts statement, boolean inDoubt) {
        boolean unknown =
                statement.traits().contains(Trait.UNPARSED)
                        || statement.traits().contains(Trait.OPAQUE)
                        || !statement.understood();
        if (unknown) {
            // For a rule that refuses, any relation may be among them; for one that lets pass,
            // only a pattern that takes all is sure to hold.
            return inDoubt || (access == null && allRelations());
        }
        for (Relation relation : statement.relations()) {
            if (access == null || access == relation.access()) {
                if (relations.isEmpty()) {
                    return true;
                }
                for (int i = 0; i < relations.size(); i++) {
                    if (relations.get(i).matches(relation, inDoubt)) {
                        return true;
                    }
                }
            }
        }
        return false;
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
