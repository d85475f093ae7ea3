package io.gatehouse.server.traffic;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.Relation;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What statements have in common that one rule can allow: the same verbs, the same changed tables,
 * and calls of functions or none.
 *
 * @param verbs in the words of policy files
 * @param writes the relations that it may change, as the statements name them
 */
record Deed(Set<String> verbs, Set<String> writes, boolean calls) {
    private static final Set<Trait> UNSEEN =
            Set.of(
                    Trait.UNPARSED,
                    Trait.OPAQUE,
                    Trait.RUNS_TEXT,
                    Trait.DANGEROUS_FUNCTION,
                    Trait.FILE_ACCESS,
                    Trait.PROGRAM_ACCESS,
                    Trait.DDL);

    /**
     * Whether a rule can name what it does: it was understood, stands alone in its text, and its
     * tables are known. What else there is, is named by its fingerprint.
     */
    static boolean nameable(Facts facts) {
        StatementFacts only = facts.statements().getFirst();
        if (facts.statements().size() > 1 || !only.understood() || only.relations().isEmpty()) {
            return false;
        }
        for (Trait trait : only.traits()) {
            if (UNSEEN.contains(trait)) {
                return false;
            }
        }
        for (Relation relation : only.relations()) {
            boolean dotted = relation.name().contains(".") || relation.schema().contains(".");
            if (dotted || !plain(relation.name()) || !plain(relation.schema())) {
                return false;
            }
        }
        return only.functions().stream().allMatch(Deed::plain);
    }

    /** A pattern or an expression would read others as something else. */
    private static boolean plain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*' || c < ' ' || c == '\'' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    static Deed of(StatementFacts statement) {
        Set<String> verbs = new TreeSet<>();
        for (Verb verb : statement.verbs()) {
            verbs.add(verb.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        Set<String> writes = new TreeSet<>();
        for (Relation relation : statement.relations()) {
            if (relation.access() == Access.WRITE) {
                String schema = relation.schema().isEmpty() ? "" : relation.schema() + ".";
                writes.add(schema + relation.name());
            }
        }
        return new Deed(verbs, writes, !statement.functions().isEmpty());
    }
}
