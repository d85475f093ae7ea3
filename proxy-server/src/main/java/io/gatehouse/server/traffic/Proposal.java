package io.gatehouse.server.traffic;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.rule.FactName;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** A rule in the making: what was seen that it has to allow. */
final class Proposal {
    /** What a rule leaves alone unless it was seen. */
    private static final Set<FactName> GUARDED =
            EnumSet.of(
                    FactName.NO_WHERE,
                    FactName.ALWAYS_TRUE_WHERE,
                    FactName.LOCKS_ROWS,
                    FactName.WRITES,
                    FactName.CREATES_TABLE_FROM_QUERY,
                    FactName.TEMPORARY);

    private static final int COUNTED = 10_000;

    private final Set<String> relations = new TreeSet<>();
    private final Set<String> functions = new TreeSet<>();
    private final Set<FactName> seen = EnumSet.noneOf(FactName.class);
    private final Set<String> fingerprints = new HashSet<>();
    private final Span span = new Span();
    private boolean reads;

    void add(Recorded recorded, Facts facts) {
        StatementFacts statement = facts.statements().getFirst();
        for (Relation relation : statement.relations()) {
            reads |= relation.access() == Access.READ;
            patterns(relation, recorded.path());
        }
        functions.addAll(statement.functions());
        int holding = FactName.holding(facts, statement);
        for (FactName fact : GUARDED) {
            if ((holding & fact.bit()) != 0) {
                seen.add(fact);
            }
        }
        if (fingerprints.size() < COUNTED) {
            fingerprints.add(recorded.fingerprint());
        }
        span.add(recorded);
    }

    /** As rules name it: in every schema where it may have been. */
    private void patterns(Relation relation, SearchPath path) {
        if (!relation.schema().isEmpty()) {
            relations.add(relation.schema() + "." + relation.name());
        } else if (path.known()) {
            path.schemas().forEach(schema -> relations.add(schema + "." + relation.name()));
        } else {
            relations.add(relation.name());
        }
    }

    Set<String> relations() {
        return relations;
    }

    Set<String> functions() {
        return functions;
    }

    /** Whether a relation was only read. */
    boolean reads() {
        return reads;
    }

    /** Facts that the rule leaves alone. */
    Set<String> guards() {
        Set<String> guards = new TreeSet<>();
        for (FactName fact : GUARDED) {
            if (!seen.contains(fact)) {
                guards.add(fact.key());
            }
        }
        return guards;
    }

    int fingerprints() {
        return fingerprints.size();
    }

    Span span() {
        return span;
    }
}
