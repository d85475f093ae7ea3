package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.ColumnName;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes down everything that rules can see of statements. Two texts for which this is the same get
 * the same answer from every policy. It holds no literal.
 */
final class Visible {
    private Visible() {}

    static String text(List<StatementFacts> statements) {
        StringBuilder out = new StringBuilder();
        for (StatementFacts statement : statements) {
            boolean moves = !(statement.effect() instanceof SessionEffect.None);
            boolean role = statement.effect() instanceof SessionEffect.ChangesRole;
            out.append(statement.verb()).append(statement.verbs()).append(statement.where());
            out.append(visible(statement.traits())).append(statement.understood());
            out.append(moves).append(role).append(statement.columns().complete());
            words(out, statement.functions());
            words(out, statement.relations().stream().map(Visible::relation).toList());
            words(out, statement.columns().named().stream().map(Visible::column).toList());
        }
        return out.toString();
    }

    private static Set<Trait> visible(Set<Trait> traits) {
        EnumSet<Trait> visible = EnumSet.noneOf(Trait.class);
        visible.addAll(traits);
        visible.remove(Trait.LOCAL);
        visible.remove(Trait.MOMENTARY);
        return visible;
    }

    private static String relation(Relation relation) {
        return relation.schema() + '\1' + relation.name() + '\1' + relation.access();
    }

    private static String column(ColumnName column) {
        return column.schema() + '\1' + column.table() + '\1' + column.name();
    }

    private static void words(StringBuilder out, Collection<String> words) {
        List<String> sorted = new ArrayList<>(words);
        sorted.sort(null);
        out.append('\2').append(String.join("\2", sorted)).append('\3');
    }
}
