package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Verb;

import java.util.List;
import java.util.Set;

/** Finds what is called in expressions of CREATE and ALTER, such as that of a DEFAULT. */
final class DefinedCalls {
    /** An expression, or a list of them, may follow. */
    private static final Set<String> BEFORE =
            Set.of("DEFAULT", "CHECK", "USING", "WHERE", "AS", "WHEN", "ON", "EXECUTE", "VALUES");

    /** What follows is a name, behind which parentheses are no arguments. */
    private static final Set<String> NAMING =
            Set.of("TABLE", "INTO", "REFERENCES", "CONSTRAINT", "INDEX", "KEY", "ON", "EXISTS");

    /** Words before parentheses that call nothing. */
    private static final Set<String> OTHERS =
            Set.of(
                    "KEY",
                    "INDEX",
                    "UNIQUE",
                    "CHECK",
                    "DEFAULT",
                    "STORED",
                    "INCLUDE",
                    "HASH",
                    "RANGE",
                    "LIST",
                    "CHARACTER",
                    "NCHAR",
                    "NVARCHAR",
                    "VARCHAR2",
                    "NUMBER",
                    "BIT",
                    "VARBIT",
                    "VARYING",
                    "BINARY",
                    "VARBINARY",
                    "FLOAT",
                    "DOUBLE",
                    "REAL",
                    "INT",
                    "INTEGER",
                    "BIGINT",
                    "SMALLINT",
                    "TINYINT",
                    "MEDIUMINT",
                    "TIME",
                    "TIMETZ",
                    "TIMESTAMP",
                    "TIMESTAMPTZ",
                    "DATETIME",
                    "DATETIME2",
                    "INTERVAL",
                    "YEAR",
                    "TEXT",
                    "BLOB",
                    "ENUM",
                    "EXISTS",
                    "ALWAYS",
                    "IDENTITY",
                    "COLUMN");

    private DefinedCalls() {}

    static void note(List<Token> tokens, Draft draft) {
        if (draft.verb != Verb.CREATE && draft.verb != Verb.ALTER) {
            return;
        }
        int first = 1;
        while (first < tokens.size() && !in(BEFORE, tokens.get(first))) {
            first++;
        }
        for (int i = first; i + 1 < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            boolean method = draft.verb == Verb.CREATE && before.is("USING");
            boolean named = method || in(NAMING, before) || in(OTHERS, tokens.get(i));
            if (!named && tokens.get(i + 1).mark('(')) {
                Draft found = new Draft();
                QueryReader.functions(tokens.subList(Math.max(0, i - 2), i + 2), found);
                draft.defined.addAll(found.functions);
            }
        }
    }

    private static boolean in(Set<String> words, Token token) {
        return token.kind() == Token.Kind.WORD && words.contains(token.upper());
    }
}
