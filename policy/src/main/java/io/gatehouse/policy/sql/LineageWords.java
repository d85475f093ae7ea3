package io.gatehouse.policy.sql;

import java.util.List;
import java.util.Set;

/** Statements besides queries and changes that, by their words, copy no value anywhere. */
final class LineageWords {
    private static final Set<String> CREATES =
            Set.of(
                    "TABLE",
                    "TEMP",
                    "TEMPORARY",
                    "LOCAL",
                    "GLOBAL",
                    "UNLOGGED",
                    "CACHED",
                    "MEMORY",
                    "INDEX",
                    "UNIQUE",
                    "SEQUENCE",
                    "SCHEMA");
    private static final Set<String> MOVES =
            Set.of(
                    "AS",
                    "SELECT",
                    "WITH",
                    "VALUES",
                    "EXECUTE",
                    "RENAME",
                    "SCHEMA",
                    "ATTACH",
                    "INHERIT",
                    "INHERITS",
                    "OF",
                    "EXCHANGE",
                    "SWITCH",
                    "CONVERT",
                    "LIKE",
                    "UNION",
                    "ENGINE",
                    "LINKED",
                    "VIRTUAL");

    /** What SHOW may tell of statements and rows, other people's among them. */
    private static final Set<String> TELLS =
            Set.of(
                    "WARNINGS",
                    "ERRORS",
                    "SELECT",
                    "PROFILES",
                    "PROCESSLIST",
                    "ENGINE",
                    "EVENTS",
                    "EXPLAIN",
                    "ANALYZE");

    private LineageWords() {}

    static boolean harmless(List<Token> tokens) {
        Token first = tokens.getFirst();
        Token second = tokens.size() > 1 ? tokens.get(1) : first;
        if (first.is("CREATE")) {
            return CREATES.contains(second.upper()) && stays(tokens);
        }
        if (first.is("ALTER")) {
            return second.is("TABLE") && stays(tokens);
        }
        if (first.is("SHOW")) {
            return !any(tokens, TELLS);
        }
        if (first.is("SET") || first.is("RESET")) {
            return !any(tokens, Set.of("SELECT", "TABLE"));
        }
        return first.is("COPY") && !second.mark('(');
    }

    private static boolean stays(List<Token> tokens) {
        return tokens.size() > 2 && !any(tokens.subList(2, tokens.size()), MOVES);
    }

    private static boolean any(List<Token> tokens, Set<String> words) {
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.WORD && words.contains(token.upper())) {
                return true;
            }
        }
        return false;
    }
}
