package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

/**
 * Reads the steps of transactions over several databases. Each method leaves the cursor alone where
 * the text is something else.
 */
final class BranchWords {
    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;

    BranchWords(Dialect dialect, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.cursor = cursor;
        this.draft = draft;
    }

    /** PREPARE TRANSACTION 'x' of PostgreSQL, PREPARE COMMIT "x" of H2; behind PREPARE. */
    boolean prepare() {
        return switch (dialect) {
            case POSTGRESQL -> cursor.is("TRANSACTION") && named(1, Token.Kind.STRING);
            case H2 ->
                    cursor.is("COMMIT") && (named(1, Token.Kind.NAME) || named(1, Token.Kind.WORD));
            default -> false;
        };
    }

    /** COMMIT PREPARED 'x', COMMIT TRANSACTION "x", and ROLLBACK likewise; behind the verb. */
    boolean ends() {
        return switch (dialect) {
            case POSTGRESQL -> cursor.is("PREPARED") && named(1, Token.Kind.STRING);
            case H2 ->
                    cursor.is("TRANSACTION")
                            && (named(1, Token.Kind.NAME) || named(1, Token.Kind.WORD));
            default -> false;
        };
    }

    private boolean named(int distance, Token.Kind kind) {
        if (cursor.peek(distance).kind() != kind
                || cursor.position() + distance + 1 != cursor.tokens().size()) {
            return false;
        }
        cursor.next();
        cursor.next();
        return twoPhase();
    }

    /** XA START 'x' and the others of MySQL and MariaDB; behind XA. */
    boolean xa() {
        if (!dialect.mysqlFamily()) {
            return false;
        }
        if (cursor.accept("RECOVER")) {
            draft.traits.add(Trait.RETURNS_ROWS);
            return (cursor.done() || cursor.accept("CONVERT", "XID"))
                    && cursor.done()
                    && twoPhase();
        }
        if (!cursor.acceptAny("START", "BEGIN", "END", "PREPARE", "COMMIT", "ROLLBACK")) {
            return false;
        }
        do {
            Token part = cursor.next();
            if (part.kind() != Token.Kind.STRING && part.kind() != Token.Kind.NUMBER) {
                return false;
            }
        } while (cursor.acceptMark(','));
        if (!cursor.done() && !cursor.acceptAny("JOIN", "RESUME", "SUSPEND")) {
            cursor.accept("ONE", "PHASE");
        }
        return cursor.done() && twoPhase();
    }

    private boolean twoPhase() {
        draft.verb(Verb.TWO_PHASE).effect(new SessionEffect.TwoPhase());
        return true;
    }
}
