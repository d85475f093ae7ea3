package io.gatehouse.policy.fact;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Everything one statement of a text does.
 *
 * @param start offset of its first character in the text
 * @param end offset behind its last character, without the separator
 * @param verb what it is
 * @param relations what it reads and writes; a best effort where {@link Trait#UNPARSED}
 * @param functions every function it calls, lower case, with the schema where one is written
 * @param where the weakest condition of its UPDATE and DELETE parts
 * @param traits further facts
 * @param effect what it does to the session
 * @param notUnderstood why it was not understood; {@code ""} if it was
 * @param columns the columns that it names
 * @param verbs every verb that would run: its own and those of parts such as data-modifying common
 *     table expressions, and of what PREPARE and EXPLAIN ANALYZE wrap
 */
public record StatementFacts(
        int start,
        int end,
        Verb verb,
        List<Relation> relations,
        Set<String> functions,
        Where where,
        Set<Trait> traits,
        SessionEffect effect,
        String notUnderstood,
        Columns columns,
        Set<Verb> verbs) {

    /** The traits that a query of tables may have. */
    private static final Set<Trait> HARMLESS =
            Set.of(Trait.RETURNS_ROWS, Trait.HAS_LIMIT, Trait.SINGLE_ROW, Trait.MOMENTARY);

    public StatementFacts {
        relations = List.copyOf(relations);
        functions = Set.copyOf(functions);
        EnumSet<Trait> own = EnumSet.noneOf(Trait.class);
        own.addAll(traits);
        traits = new Flags<>(Trait.class, own);
        EnumSet<Verb> all = EnumSet.of(verb);
        all.addAll(verbs);
        verbs = new Flags<>(Verb.class, all);
    }

    StatementFacts at(int newStart, int newEnd) {
        return new StatementFacts(
                newStart,
                newEnd,
                verb,
                relations,
                functions,
                where,
                traits,
                effect,
                notUnderstood,
                columns,
                verbs);
    }

    /** Whether analysis knows what the statement does. */
    public boolean understood() {
        return notUnderstood.isEmpty();
    }

    /**
     * Whether it is nothing for a transaction that only reads: it may change something, or it locks
     * rows, which PostgreSQL refuses there as well.
     */
    public boolean writes() {
        return changes() || traits.contains(Trait.LOCKS_ROWS);
    }

    /** Whether data, structure or rights may change; true for what cannot be looked into. */
    public boolean changes() {
        if (!understood() || traits.contains(Trait.DDL) || traits.contains(Trait.OPAQUE)) {
            return true;
        }
        if (traits.contains(Trait.MOVES_SEQUENCE)
                || traits.contains(Trait.CREATES_TABLE_FROM_QUERY)) {
            return true;
        }
        for (Verb each : verbs) {
            if (changes(each)) {
                return true;
            }
        }
        for (Relation relation : relations) {
            if (relation.access() == Access.WRITE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it is a query of tables and nothing else, by all that can be seen of it, so that
     * every copy of the data answers it alike.
     */
    public boolean readsDataOnly() {
        if (!understood() || verb == Verb.EXPLAIN || !(effect instanceof SessionEffect.None)) {
            return false;
        }
        for (Verb each : verbs) {
            if (each != Verb.SELECT && each != Verb.VALUES) {
                return false;
            }
        }
        for (Relation relation : relations) {
            if (relation.access() != Access.READ) {
                return false;
            }
        }
        return HARMLESS.containsAll(traits);
    }

    /** Whether nothing but a change of the data, as far as can be seen, changes its answer. */
    public boolean answersAlike() {
        return readsDataOnly() && !traits.contains(Trait.MOMENTARY);
    }

    /** Whether it may generate a key that the session can ask for afterwards. */
    public boolean leavesKeys() {
        if (!understood()
                || traits.contains(Trait.MOVES_SEQUENCE)
                || traits.contains(Trait.OPAQUE)
                || traits.contains(Trait.UNKNOWN_FUNCTION)) {
            return true;
        }
        boolean announced =
                effect instanceof SessionEffect.Pins pins
                        && pins.reason() == PinReason.LAST_STATEMENT;
        return announced
                || verbs.contains(Verb.INSERT)
                || verbs.contains(Verb.REPLACE)
                || verbs.contains(Verb.MERGE)
                || verb == Verb.EXECUTE
                || verb == Verb.LOAD
                || verb == Verb.COPY;
    }

    /** Whether it asks for a key that an earlier statement of its session generated. */
    public boolean asksForKeys() {
        return traits.contains(Trait.SEQUENCE)
                && !traits.contains(Trait.MOVES_SEQUENCE)
                && !(effect instanceof SessionEffect.Pins pins
                        && pins.reason() == PinReason.LAST_STATEMENT);
    }

    private static boolean changes(Verb verb) {
        return switch (verb) {
            case INSERT, UPDATE, DELETE, MERGE, REPLACE, TRUNCATE, CREATE, ALTER, DROP, COMMENT ->
                    true;
            case GRANT, REVOKE, CALL, DO, EXECUTE, VACUUM, ANALYZE, LOAD, IMPORT, UNKNOWN -> true;
            // COPY tells the direction by the access to its relation.
            case COPY, SELECT, EXPLAIN, SET, RESET, SHOW, USE, DESCRIBE, BEGIN, COMMIT -> false;
            case ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO, SET_TRANSACTION, TWO_PHASE -> false;
            case LOCK, PREPARE, DEALLOCATE, DECLARE_CURSOR, FETCH, CLOSE, LISTEN, NOTIFY -> false;
            case UNLISTEN, DISCARD, VALUES, EMPTY, OTHER -> false;
        };
    }
}
