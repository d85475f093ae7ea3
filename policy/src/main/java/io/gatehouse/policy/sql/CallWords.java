package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.fact.Verb;

import java.util.List;

/** Reads calls: CALL, and JDBC's escape of it, which drivers turn into one or into a query. */
final class CallWords {
    private static final Token OPEN = new Token(Token.Kind.MARK, 0, 0, "(", Token.ALWAYS);
    private static final Token CLOSE = new Token(Token.Kind.MARK, 0, 0, ")", Token.ALWAYS);

    /** Words of a query among the arguments, which nobody has looked into. */
    private static final List<String> QUERIES = List.of("SELECT", "WITH", "VALUES", "TABLE");

    private final Dialect dialect;
    private final Cursor cursor;
    private final Draft draft;

    CallWords(Dialect dialect, Cursor cursor, Draft draft) {
        this.dialect = dialect;
        this.cursor = cursor;
        this.draft = draft;
    }

    /** From the name on; CALL itself has been read. */
    boolean call() {
        draft.verb(Verb.CALL, Trait.OPAQUE);
        functions(cursor.position());
        return true;
    }

    /** {@code {call p(?)}} and {@code {? = call f(?)}}; H2 takes the latter without braces too. */
    boolean escape() {
        draft.verb(Verb.CALL, Trait.OPAQUE);
        boolean braces = cursor.acceptMark('{');
        boolean result = cursor.peek().kind() == Token.Kind.PARAMETER;
        if (result) {
            cursor.next();
        }
        if (result != cursor.acceptOperator("=") || !cursor.accept("CALL")) {
            return false;
        }
        int start = cursor.position();
        QualifiedName name = cursor.name();
        if (name == null) {
            return false;
        }
        if (cursor.peek().mark('(')) {
            cursor.skipParentheses();
        } else {
            // Drivers add the parentheses.
            draft.functions.add(written(cursor.position() - 1));
            Reach.check(dialect, List.of(cursor.peek(-1), OPEN, CLOSE), draft);
        }
        functions(start);
        boolean whole = (!braces || cursor.acceptMark('}')) && cursor.done();
        return whole && QUERIES.stream().noneMatch(cursor.from(start)::contains);
    }

    /** Every function that is called, the outermost first. */
    private void functions(int start) {
        List<Token> tokens = cursor.tokens();
        for (int i = start; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).identifier() && tokens.get(i + 1).mark('(')) {
                draft.functions.add(written(i));
            }
        }
    }

    /** The whole name that ends at a token, in lower case. */
    private String written(int last) {
        List<Token> tokens = cursor.tokens();
        StringBuilder name = new StringBuilder(Letters.lower(tokens.get(last).text()));
        for (int i = last; i >= 2 && tokens.get(i - 1).mark('.'); i -= 2) {
            if (!tokens.get(i - 2).identifier()) {
                break;
            }
            name.insert(0, Letters.lower(tokens.get(i - 2).text()) + '.');
        }
        return name.toString();
    }
}
