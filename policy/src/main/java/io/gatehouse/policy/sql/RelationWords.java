package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Access;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers relations that are read from the words in front of them: a best effort. */
final class RelationWords {

    private RelationWords() {}

    static void gather(Cursor cursor, Draft draft) {
        List<Token> tokens = cursor.tokens();
        Set<String> named = commonTables(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("FROM") || token.is("JOIN") || token.is("TABLE")) {
                afterFrom(cursor, i + 1, named, draft);
            } else if (token.is("REFERENCES")) {
                // Its columns may follow in parentheses.
                draft.relation(cursor.from(i + 1).name(), Access.READ);
            } else if (token.is("LIKE")) {
                one(cursor.from(i + 1), named, draft);
            }
        }
    }

    static Set<String> commonTables(List<Token> tokens) {
        Set<String> names = new HashSet<>();
        for (int i = 1; i + 2 < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            boolean place = before.is("WITH") || before.is("RECURSIVE") || before.mark(',');
            if (place && tokens.get(i).identifier() && tokens.get(i + 1).is("AS")) {
                if (tokens.get(i + 2).mark('(')) {
                    names.add(tokens.get(i).name());
                }
            }
        }
        return names;
    }

    private static void afterFrom(Cursor whole, int index, Set<String> named, Draft draft) {
        Cursor cursor = whole.from(index);
        do {
            while (cursor.acceptAny("ONLY", "LATERAL") || cursor.acceptMark('(')) {
                continue;
            }
            if (cursor.is("SELECT")) {
                return;
            }
            one(cursor, named, draft);
            if (cursor.peek().mark('(')) {
                cursor.skipParentheses();
            }
            cursor.accept("AS");
            if (cursor.peek().identifier() && !cursor.peek(1).identifier()) {
                cursor.next();
            }
        } while (cursor.acceptMark(','));
    }

    private static void one(Cursor cursor, Set<String> named, Draft draft) {
        QualifiedName name = cursor.name();
        if (name == null || cursor.peek().mark('(')) {
            return;
        }
        if (!name.schema().isEmpty() || !named.contains(name.name())) {
            draft.relation(name, Access.READ);
        }
    }

    /** Whether it names the schema of PostgreSQL whose objects end with their session. */
    static boolean temporary(Token token) {
        return token.identifier() && Letters.lower(token.text()).startsWith("pg_temp");
    }
}
