package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.sql.Token.Kind;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a statement for the parser in a form that cannot be lexed in two ways.
 *
 * <p>Comments are gone, every string is a plain numbered one (equal strings get equal numbers),
 * names are in double quotes. What the parser does not know and facts do not need is rewritten.
 */
final class Canonical {
    /** What a string of nothing but percent signs becomes: LIKE takes everything by it. */
    static final String EVERYTHING = "everything";

    private final Dialect dialect;
    private final List<Token> tokens;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> strings = new HashMap<>();
    private final boolean merges;

    private Canonical(Dialect dialect, List<Token> tokens) {
        this.dialect = dialect;
        this.tokens = tokens;
        this.merges = word(0, "MERGE") || (word(0, "WITH") && any("MERGE"));
    }

    static String text(Dialect dialect, List<Token> tokens) {
        Canonical canonical = new Canonical(dialect, tokens);
        int i = 0;
        while (i < tokens.size()) {
            i = canonical.token(i);
        }
        return canonical.out.toString();
    }

    static boolean everything(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '%') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    /** The string literal that stands for {@code value} is private to the text. */
    private void string(String value) {
        if (everything(value)) {
            out.append('\'').append(EVERYTHING).append("' ");
            return;
        }
        Integer number = strings.get(value);
        if (number == null) {
            number = strings.size();
            strings.put(value, number);
        }
        out.append("'s").append(number).append("' ");
    }

    private boolean word(int i, String word) {
        return i >= 0 && i < tokens.size() && tokens.get(i).is(word);
    }

    private boolean mark(int i, char c) {
        return i < tokens.size() && tokens.get(i).mark(c);
    }

    private int token(int i) {
        Token token = tokens.get(i);
        if (token.kind() == Kind.WORD) {
            int skipped = Math.max(rewritten(i), Math.max(rewrittenChange(i), branch(i)));
            if (skipped > i) {
                return skipped;
            }
        }
        switch (token.kind()) {
            case STRING -> string(token.text());
            case NAME -> name(token.text());
            case PARAMETER -> out.append("? ");
            case OPERATOR -> out.append(operator(token.text())).append(' ');
            case WORD, NUMBER, VARIABLE, MARK -> {
                out.append(token.text());
                boolean dotted = token.mark('.') || mark(i + 1, '.');
                if (!dotted) {
                    out.append(' ');
                }
            }
        }
        return i + 1;
    }

    private void name(String name) {
        out.append('"').append(name.replace('"', '_')).append('"');
        out.append(' ');
    }

    private String operator(String operator) {
        if (dialect.mysqlFamily()) {
            // There "a = 1 || 1" is a condition that holds for every row, not a concatenation.
            return switch (operator) {
                case "||" -> "OR";
                case "&&" -> "AND";
                default -> operator;
            };
        }
        if (dialect != Dialect.POSTGRESQL) {
            return operator;
        }
        return switch (operator) {
            case "=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "%", "||", "::", ":" ->
                    operator;
            case "->", "->>", "#>", "#>>", "@>", "<@", "~", "~*", "!~", "!~*" -> operator;
            case "~~", "~~*", "!~~", "!~~*", "^@" -> "LIKE";
            default -> operator;
        };
    }

    /** Rewrites of changes that the parser does not know; the index behind what was taken. */
    private int rewrittenChange(int i) {
        boolean change = i == 1 && (word(0, "INSERT") || word(0, "UPDATE") || word(0, "DELETE"));
        if (dialect == Dialect.SQLITE && change && word(1, "OR")) {
            return 3;
        }
        if (dialect == Dialect.SQLSERVER && change && word(1, "TOP") && mark(2, '(')) {
            return behindParentheses(2);
        }
        if (dialect == Dialect.H2 && word(0, "MERGE") && !any("USING")) {
            if (i == 0) {
                out.append("INSERT ");
                return 1;
            }
            if (word(i, "KEY") && mark(i + 1, '(')) {
                return behindParentheses(i + 1);
            }
        }
        if (dialect == Dialect.ORACLE && word(i, "INTO") && i > 1 && any("RETURNING")) {
            int end = i + 1;
            while (end < tokens.size() && (kind(end, Kind.PARAMETER) || mark(end, ','))) {
                end++;
            }
            return end == tokens.size() ? end : i;
        }
        return i;
    }

    /** Branches of a MERGE that the parser does not know; the index behind what was taken. */
    private int branch(int i) {
        if (dialect == Dialect.SQLSERVER && i == 0 && word(0, "MERGE")) {
            out.append("MERGE ").append(word(1, "INTO") || word(1, "TOP") ? "" : "INTO ");
            return 1;
        }
        if (dialect != Dialect.POSTGRESQL || !merges) {
            return i;
        }
        if (word(i, "ONLY") && (word(i - 1, "INTO") || word(i - 1, "USING"))) {
            return i + 1;
        }
        if (word(i, "DO") && word(i + 1, "NOTHING") && word(i - 1, "THEN")) {
            // What does nothing is written as what names nothing more than its condition.
            out.append("DELETE ");
            return i + 2;
        }
        if (word(i, "NOT") && word(i + 1, "MATCHED") && word(i - 1, "WHEN") && doesNothing(i)) {
            out.append("NOT MATCHED BY SOURCE ");
            return i + (word(i + 2, "BY") ? 4 : 2);
        }
        if (word(i, "DEFAULT") && word(i + 1, "VALUES") && word(i - 1, "INSERT")) {
            out.append("VALUES ( 0 ) ");
            return i + 2;
        }
        boolean overriding = word(i, "OVERRIDING") && word(i + 2, "VALUE");
        return overriding && (word(i + 1, "SYSTEM") || word(i + 1, "USER")) ? i + 3 : i;
    }

    /** Whether the branch that begins here ends in DO NOTHING. */
    private boolean doesNothing(int start) {
        int within = 0;
        for (int i = start; i < tokens.size(); i++) {
            within += mark(i, '(') || word(i, "CASE") ? 1 : 0;
            within -= mark(i, ')') || word(i, "END") ? 1 : 0;
            if (within == 0 && word(i, "THEN")) {
                return word(i + 1, "DO") && word(i + 2, "NOTHING");
            }
        }
        return false;
    }

    private boolean kind(int i, Kind kind) {
        return tokens.get(i).kind() == kind;
    }

    private boolean any(String word) {
        for (Token token : tokens) {
            if (token.is(word)) {
                return true;
            }
        }
        return false;
    }

    private int behindParentheses(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += mark(i, '(') ? 1 : mark(i, ')') ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return open;
    }

    /** Rewrites of catalog queries and vendor forms; the index behind what was taken. */
    private int rewritten(int i) {
        if (word(i, "OPERATOR") && mark(i + 1, '(')) {
            int end = i + 2;
            while (end < tokens.size() && tokens.get(end).kind() != Kind.OPERATOR) {
                end++;
            }
            if (end + 1 < tokens.size() && mark(end + 1, ')')) {
                out.append(operator(tokens.get(end).text())).append(' ');
                return end + 2;
            }
        }
        if (word(i, "COLLATE") && dialect != Dialect.SQLSERVER) {
            int end = i + 2;
            while (mark(end, '.')) {
                end += 2;
            }
            return end;
        }
        if (dialect == Dialect.POSTGRESQL) {
            if (word(i, "TABLE") && i > 0 && mark(i - 1, '(') && identifier(i + 1)) {
                // The parser would take it for the name of a table.
                out.append("SELECT * FROM ");
                return i + 1;
            }
            boolean only = word(i, "ONLY") && afterTableWord(i);
            boolean kind = word(i, "TEMP") || word(i, "TEMPORARY") || word(i, "UNLOGGED");
            if (only || (kind && word(i - 1, "INTO"))) {
                return i + 1;
            }
        }
        if (dialect.mysqlFamily() && word(i, "INTO") && variable(i + 1)) {
            int end = i + 2;
            while (mark(end, ',') && variable(end + 1)) {
                end += 2;
            }
            return end;
        }
        return i;
    }

    private boolean identifier(int i) {
        return i < tokens.size() && tokens.get(i).identifier();
    }

    private boolean variable(int i) {
        return i < tokens.size() && tokens.get(i).kind() == Kind.VARIABLE;
    }

    private boolean afterTableWord(int i) {
        return word(i - 1, "FROM") || word(i - 1, "UPDATE") || word(i - 1, "JOIN");
    }
}
