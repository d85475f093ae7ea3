package io.gatehouse.policy.fact;

import java.util.List;

/**
 * Everything one text does. Immutable and safe to share.
 *
 * @param dialect whose rules it was read by
 * @param fingerprint 16 hexadecimal digits; texts that differ in literals and spacing share it
 * @param normalized the text without literals and comments, fit for an audit record
 * @param digest of everything that rules can see of the statements; 16 hexadecimal digits
 * @param statements in order; never empty: a blank text is one {@link Verb#EMPTY}
 */
public record Facts(
        Dialect dialect,
        String fingerprint,
        String normalized,
        String digest,
        List<StatementFacts> statements) {

    public Facts {
        statements = List.copyOf(statements);
    }

    /** The same of a text whose only statement stands elsewhere in it. */
    public Facts at(int start, int end) {
        return new Facts(
                dialect,
                fingerprint,
                normalized,
                digest,
                List.of(statements.getFirst().at(start, end)));
    }

    /** Whether every statement was understood. */
    public boolean understood() {
        for (StatementFacts statement : statements) {
            if (!statement.understood()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text holds more than one statement, not counting empty ones. */
    public boolean severalStatements() {
        int count = 0;
        for (StatementFacts statement : statements) {
            if (statement.verb() != Verb.EMPTY) {
                count++;
            }
        }
        return count > 1;
    }

    /** Whether any statement may change data, structure or rights. */
    public boolean writes() {
        for (StatementFacts statement : statements) {
            if (statement.writes()) {
                return true;
            }
        }
        return false;
    }
}
