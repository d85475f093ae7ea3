package io.gatehouse.policy.rule;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Where;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The facts that a rule can name. */
public enum FactName {
    NO_WHERE,
    ALWAYS_TRUE_WHERE,
    LOCKS_ROWS,
    SEVERAL_STATEMENTS,
    DDL,
    NOT_UNDERSTOOD,
    DANGEROUS_FUNCTION,
    FILE_ACCESS,
    PROGRAM_ACCESS,
    OPAQUE,
    RUNS_TEXT,
    WRITES,
    CREATES_TABLE_FROM_QUERY,
    TEMPORARY,
    UNKNOWN_FUNCTION,
    UNPARSED,
    CHANGES_ROLE,
    LEAVES_READ_ONLY;

    /** The name in rules, such as {@code no-where}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The fact of that name, or {@code null}. */
    public static @Nullable FactName of(String key) {
        for (FactName fact : values()) {
            if (fact.key().equals(key)) {
                return fact;
            }
        }
        return null;
    }

    /** The bit that stands for this fact in a set of facts. */
    public int bit() {
        return 1 << ordinal();
    }

    /** The set of facts that hold for one statement of a text. */
    public static int holding(Facts text, StatementFacts statement) {
        int bits = 0;
        for (FactName fact : values()) {
            if (fact.holds(text, statement)) {
                bits |= fact.bit();
            }
        }
        return bits;
    }

    private boolean holds(Facts text, StatementFacts statement) {
        return switch (this) {
            case NO_WHERE -> statement.where() == Where.ABSENT;
            case ALWAYS_TRUE_WHERE -> statement.where() == Where.ALWAYS_TRUE;
            case SEVERAL_STATEMENTS -> text.severalStatements();
            case NOT_UNDERSTOOD -> !statement.understood();
            case WRITES -> statement.writes();
            case CHANGES_ROLE ->
                    statement.effect() instanceof SessionEffect.ChangesRole
                            || statement.traits().contains(Trait.CHANGES_ROLE);
            case LOCKS_ROWS,
                    DDL,
                    DANGEROUS_FUNCTION,
                    FILE_ACCESS,
                    PROGRAM_ACCESS,
                    OPAQUE,
                    RUNS_TEXT,
                    CREATES_TABLE_FROM_QUERY,
                    TEMPORARY,
                    UNKNOWN_FUNCTION,
                    UNPARSED,
                    LEAVES_READ_ONLY ->
                    statement.traits().contains(Trait.valueOf(name()));
        };
    }
}
