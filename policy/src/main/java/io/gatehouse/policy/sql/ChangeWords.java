package io.gatehouse.policy.sql;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Reads simple changes of data by their tokens, for syntax that the parser does not know. */
final class ChangeWords {

    private ChangeWords() {}

    static @Nullable QualifiedName target(Cursor cursor) {
        Cursor target = cursor.from(1);
        target.acceptAny("INTO", "FROM");
        target.accept("ONLY");
        return target.name();
    }

    /** INSERT INTO without any other word that writes but ON CONFLICT DO UPDATE. */
    static boolean plainInsert(Cursor cursor) {
        if (!cursor.is("INSERT", "INTO")) {
            return false;
        }
        List<Token> rest = cursor.from(2).tokens();
        int at = Reach.writeWord(rest);
        while (at > 0 && rest.get(at).is("UPDATE") && rest.get(at - 1).is("DO")) {
            rest = rest.subList(at + 1, rest.size());
            at = Reach.writeWord(rest);
        }
        return at < 0;
    }

    /**
     * UPDATE or DELETE with a WHERE at the outermost level that has no OR and in which one of the
     * conditions compares a column with a literal or a parameter, or names a cursor.
     */
    static boolean bounded(Cursor cursor) {
        boolean update = cursor.is("UPDATE") && cursor.peek(1).identifier();
        if (!(update && !cursor.is("UPDATE", "OR")) && !cursor.is("DELETE", "FROM")) {
            return false;
        }
        List<Token> rest = cursor.from(1).tokens();
        if (Reach.writeWord(rest) >= 0) {
            return false;
        }
        int depth = 0;
        int where = -1;
        boolean compares = false;
        for (int i = 0; i < rest.size(); i++) {
            Token token = rest.get(i);
            if (token.mark('(')) {
                depth++;
            } else if (token.mark(')')) {
                depth--;
            } else if (depth == 0 && token.is("WHERE")) {
                where = i;
            } else if (where >= 0 && (token.is("OR") || token.text().equals("||"))) {
                return false;
            }
            if (where >= 0
                    && i > where
                    && depth == 0
                    && (i == where + 1 || rest.get(i - 1).is("AND"))) {
                compares |= comparison(rest, i);
            }
        }
        return compares;
    }

    private static boolean comparison(List<Token> tokens, int at) {
        int i = at;
        if (tokens.get(i).is("CURRENT") && i + 1 < tokens.size() && tokens.get(i + 1).is("OF")) {
            return true;
        }
        while (i + 2 < tokens.size() && tokens.get(i + 1).mark('.')) {
            i += 2;
        }
        if (!tokens.get(i).identifier() || i + 2 >= tokens.size() || tokens.get(i).is("NOT")) {
            return false;
        }
        Token value = tokens.get(i + 2);
        boolean literal =
                value.kind() == Token.Kind.PARAMETER
                        || value.kind() == Token.Kind.NUMBER
                        || value.kind() == Token.Kind.STRING;
        boolean last = i + 3 >= tokens.size() || !(tokens.get(i + 3).kind() == Token.Kind.OPERATOR);
        return tokens.get(i + 1).text().equals("=") && literal && last;
    }
}
