package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Columns;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.fact.Where;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** The facts of one statement while they are gathered. */
final class Draft {
    Verb verb = Verb.UNKNOWN;
    final Set<Relation> relations = new LinkedHashSet<>();
    final Set<String> functions = new TreeSet<>();
    final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    final Set<Verb> verbs = EnumSet.noneOf(Verb.class);
    Where where = Where.NOT_APPLICABLE;
    SessionEffect effect = SessionEffect.None.INSTANCE;
    String notUnderstood = "";

    /** The columns where a parsed tree told all relations; {@code null} where none did. */
    @Nullable Columns columns;

    /** The statement is nothing but calls of set_config whose names are literals. */
    boolean settingCall;

    /** What is called in definitions, where no query runs it yet. */
    final Set<String> defined = new TreeSet<>();

    /** How many queries the parser's tree has. */
    int queries;

    /** The parser read all of it, in the form that {@link Canonical} gives it. */
    boolean parsed;

    /** What was found depends on the value of a literal. */
    boolean valuesCount;

    Draft verb(Verb is, Trait... with) {
        verb = is;
        for (Trait trait : with) {
            traits.add(trait);
        }
        return this;
    }

    Draft effect(SessionEffect is) {
        effect = is;
        return this;
    }

    void relation(@Nullable QualifiedName name, Access access) {
        if (name != null) {
            relations.add(name.as(access));
        }
    }

    void where(Where other) {
        where = where.weakest(other);
    }

    void notUnderstood(String why) {
        if (notUnderstood.isEmpty()) {
            notUnderstood = why;
        }
    }

    boolean writesRelation() {
        for (Relation relation : relations) {
            if (relation.access() == Access.WRITE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether every text with the same {@link Outline} has the same facts. Only what the parser
     * reads has: other readers look at words and strings as they stand.
     */
    boolean freeOfValues() {
        return parsed
                && !valuesCount
                && notUnderstood.isEmpty()
                && effect instanceof SessionEffect.None;
    }

    private Columns columns() {
        boolean seen = notUnderstood.isEmpty() && !traits.contains(Trait.OPAQUE);
        if (!seen || traits.contains(Trait.UNPARSED)) {
            return Columns.UNKNOWN;
        }
        if (columns != null) {
            return columns;
        }
        return relations.isEmpty() ? Columns.NONE : Columns.UNKNOWN;
    }

    StatementFacts finish(int start, int end) {
        functions.addAll(defined);
        return new StatementFacts(
                start,
                end,
                verb,
                new ArrayList<>(relations),
                functions,
                where,
                traits,
                effect,
                notUnderstood,
                columns(),
                verbs);
    }
}
