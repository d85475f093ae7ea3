package io.gatehouse.policy.sql;

import java.util.List;

/** A position in the tokens of one statement. Reading past the end gives a token of no kind. */
final class Cursor {
    private static final Token END = new Token(Token.Kind.MARK, 0, 0, "\0", Token.ALWAYS);

    private final String text;
    private final List<Token> tokens;
    private int at;

    Cursor(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    Cursor from(int index) {
        return new Cursor(text, tokens.subList(Math.min(index, tokens.size()), tokens.size()));
    }

    List<Token> tokens() {
        return tokens;
    }

    int position() {
        return at;
    }

    boolean done() {
        return at >= tokens.size();
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int distance) {
        int index = at + distance;
        return index >= 0 && index < tokens.size() ? tokens.get(index) : END;
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    boolean is(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean accept(String... words) {
        if (is(words)) {
            at += words.length;
            return true;
        }
        return false;
    }

    boolean acceptAny(String... words) {
        for (String word : words) {
            if (accept(word)) {
                return true;
            }
        }
        return false;
    }

    boolean acceptMark(char c) {
        if (peek().mark(c)) {
            at++;
            return true;
        }
        return false;
    }

    boolean acceptOperator(String operator) {
        if (peek().kind() == Token.Kind.OPERATOR && peek().text().equals(operator)) {
            at++;
            return true;
        }
        return false;
    }

    /** Skips a balanced pair of parentheses that starts here. */
    void skipParentheses() {
        int depth = 0;
        do {
            Token token = next();
            if (token.mark('(')) {
                depth++;
            } else if (token.mark(')')) {
                depth--;
            }
        } while (depth > 0 && !done());
    }

    /** The last two parts of a dotted name, or {@code null} where none stands. */
    @org.jspecify.annotations.Nullable
    QualifiedName name() {
        if (!peek().identifier()) {
            return null;
        }
        String schema = "";
        String name = next().name();
        while (peek().mark('.')) {
            at++;
            schema = name;
            if (peek().identifier()) {
                name = next().name();
            }
        }
        return new QualifiedName(schema, name);
    }

    /** The last two parts of the dotted name that stands between two of the tokens. */
    @org.jspecify.annotations.Nullable
    QualifiedName part(int first, int end) {
        return new Cursor(text, tokens.subList(first, end)).name();
    }

    /** The text from here to the end as written, without the blanks around it. */
    String rest() {
        return between(at, tokens.size());
    }

    /** The text of the tokens from {@code first} to before {@code end} as written. */
    String between(int first, int end) {
        if (first >= end || first >= tokens.size()) {
            return "";
        }
        return text.substring(tokens.get(first).start(), tokens.get(end - 1).end());
    }

    /** The words from here to the end in lower case, one blank between them. */
    String restLower() {
        StringBuilder out = new StringBuilder();
        for (int i = at; i < tokens.size(); i++) {
            if (!out.isEmpty() && !tokens.get(i).mark(',')) {
                out.append(' ');
            }
            out.append(Letters.lower(between(i, i + 1)));
        }
        return out.toString();
    }

    /** Whether an unquoted word stands anywhere from here on. */
    boolean contains(String word) {
        for (int i = at; i < tokens.size(); i++) {
            if (tokens.get(i).is(word)) {
                return true;
            }
        }
        return false;
    }
}
