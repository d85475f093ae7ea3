package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;

import java.util.ArrayList;
import java.util.List;

/** Cuts the tokens of a text into statements, keeping the bodies of routines whole. */
final class Splitter {
    private final Dialect dialect;
    private final List<Token> tokens;
    private final List<List<Token>> statements = new ArrayList<>();
    private int start;

    private Splitter(Dialect dialect, List<Token> tokens) {
        this.dialect = dialect;
        this.tokens = tokens;
    }

    /** Statements in order, without separators; blank ones are empty lists. */
    static List<List<Token>> split(Dialect dialect, List<Token> tokens) throws NotUnderstood {
        return new Splitter(dialect, tokens).split();
    }

    private List<List<Token>> split() throws NotUnderstood {
        int depth = 0;
        int blocks = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (i == start && wholeText(i)) {
                statements.add(tokens.subList(start, lastSeparator(i)));
                return statements;
            }
            if (token.mark('(')) {
                depth++;
            } else if (token.mark(')')) {
                depth--;
            } else if (token.mark(';') && blocks == 0) {
                if (depth != 0) {
                    throw new NotUnderstood("a separator stands in parentheses");
                }
                statements.add(tokens.subList(start, i));
                start = i + 1;
            } else if (routine(start)) {
                blocks += blockStep(i);
            }
        }
        if (blocks != 0) {
            throw new NotUnderstood("the body of a routine has no end");
        }
        if (start < tokens.size() || statements.isEmpty()) {
            statements.add(tokens.subList(start, tokens.size()));
        }
        return statements;
    }

    private int lastSeparator(int from) {
        int end = tokens.size();
        while (end > from && tokens.get(end - 1).mark(';')) {
            end--;
        }
        return end;
    }

    private boolean word(int index, String... words) {
        if (index >= 0 && index < tokens.size()) {
            for (String word : words) {
                if (tokens.get(index).is(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Oracle and SQL Server take everything behind these as one body. */
    private boolean wholeText(int i) {
        if (dialect == Dialect.ORACLE) {
            return word(i, "BEGIN", "DECLARE") || routine(i);
        }
        return dialect == Dialect.SQLSERVER && routine(i);
    }

    private boolean routine(int from) {
        if (!word(from, "CREATE", "ALTER")) {
            return false;
        }
        for (int i = from + 1; i < tokens.size() && i < from + 14; i++) {
            if (word(i, "FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "EVENT", "PACKAGE", "TYPE")) {
                return !word(i, "TYPE") || dialect == Dialect.ORACLE;
            }
            if (word(i, "TABLE", "VIEW", "INDEX", "SCHEMA", "AS", "USER", "ROLE", "DATABASE")) {
                return false;
            }
        }
        return false;
    }

    private int blockStep(int i) {
        if (word(i, "CASE") && !word(i - 1, "END")) {
            return 1;
        }
        if (word(i, "BEGIN")) {
            // PostgreSQL knows only BEGIN ATOMIC; elsewhere a bare BEGIN opens a body.
            return dialect != Dialect.POSTGRESQL || word(i + 1, "ATOMIC") ? 1 : 0;
        }
        if (word(i, "END") && !word(i + 1, "IF", "LOOP", "WHILE", "REPEAT", "FOR")) {
            return -1;
        }
        return 0;
    }
}
