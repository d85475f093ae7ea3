package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;

/** Reads strings and quoted names of one text by the rules of its dialect. */
final class Quotes {

    enum Mode {
        /** Not a string prefix. */
        NONE,
        /** Doubled quotes; in the MySQL family also backslashes. */
        PLAIN,
        /** Backslashes escape, in every dialect. */
        BACKSLASH,
        /** E'' of PostgreSQL: backslashes escape. */
        ESCAPE,
        /** q'[]' of Oracle. */
        DELIMITED
    }

    /** The value and the offset behind the closing quote. */
    record Read(String value, int end) {}

    private final Dialect dialect;
    private final String text;

    Quotes(Dialect dialect, String text) {
        this.dialect = dialect;
        this.text = text;
    }

    /** What a word directly in front of a quote makes of the string. */
    Mode prefixed(String upperWord) {
        return switch (upperWord) {
            case "N" -> Mode.PLAIN;
            case "X" -> dialect == Dialect.ORACLE ? Mode.NONE : Mode.PLAIN;
            case "B" ->
                    dialect == Dialect.POSTGRESQL || dialect.mysqlFamily() ? Mode.PLAIN : Mode.NONE;
            case "E" -> dialect == Dialect.POSTGRESQL ? Mode.ESCAPE : Mode.NONE;
            case "Q", "NQ" -> dialect == Dialect.ORACLE ? Mode.DELIMITED : Mode.NONE;
            default -> Mode.NONE;
        };
    }

    boolean quotesNames(char c) {
        return switch (c) {
            case '"' -> !dialect.mysqlFamily();
            case '`' -> dialect.mysqlFamily() || dialect == Dialect.SQLITE || dialect == Dialect.H2;
            case '[' -> dialect == Dialect.SQLSERVER || dialect == Dialect.SQLITE;
            default -> false;
        };
    }

    /** A string whose opening quote is at {@code quote}. */
    Read string(int quote, Mode mode) throws NotUnderstood {
        if (mode == Mode.DELIMITED) {
            return delimited(quote);
        }
        boolean backslash = mode == Mode.ESCAPE || mode == Mode.BACKSLASH || dialect.mysqlFamily();
        char close = text.charAt(quote);
        StringBuilder value = new StringBuilder();
        int i = quote + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw new NotUnderstood("the text has a NUL character");
            }
            if (c == close) {
                if (i + 1 >= text.length() || text.charAt(i + 1) != close) {
                    return new Read(value.toString(), i + 1);
                }
                i++;
            } else if (c == '\\' && backslash && i + 1 < text.length()) {
                value.append(c);
                i++;
                c = text.charAt(i);
            }
            value.append(c);
            i++;
        }
        throw new NotUnderstood("a string has no end");
    }

    private Read delimited(int quote) throws NotUnderstood {
        if (quote + 1 < text.length()) {
            char open = text.charAt(quote + 1);
            int pair = "[{(<".indexOf(open);
            String close = (pair >= 0 ? "]})>".charAt(pair) : open) + "'";
            int end = text.indexOf(close, quote + 2);
            if (end >= 0) {
                return new Read(text.substring(quote + 2, end), end + 2);
            }
        }
        throw new NotUnderstood("a string has no end");
    }

    /** A dollar-quoted string that starts at {@code start}. */
    Read dollar(int start) throws NotUnderstood {
        boolean tags = dialect == Dialect.POSTGRESQL;
        int i = start + 1;
        while (tags && i < text.length() && tagPart(text.charAt(i))) {
            i++;
        }
        boolean opened = i < text.length() && text.charAt(i) == '$';
        if (!opened || !(tags || dialect == Dialect.H2)) {
            throw new NotUnderstood("a dollar sign stands alone");
        }
        String tag = text.substring(start, i + 1);
        int end = text.indexOf(tag, i + 1);
        if (end < 0) {
            throw new NotUnderstood("a dollar-quoted string has no end");
        }
        return new Read(text.substring(i + 1, end), end + tag.length());
    }

    private static boolean tagPart(char c) {
        return Letters.wordPart(c) && c != '$';
    }

    /** A quoted name that starts at {@code start}. */
    Read name(int start) throws NotUnderstood {
        char open = text.charAt(start);
        char close = open == '[' ? ']' : open;
        StringBuilder value = new StringBuilder();
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw new NotUnderstood("the text has a NUL character");
            }
            if (c == close) {
                boolean doubles = open != '[' || dialect != Dialect.SQLITE;
                if (!doubles || i + 1 >= text.length() || text.charAt(i + 1) != close) {
                    return new Read(value.toString(), i + 1);
                }
                i++;
            }
            value.append(c);
        }
        throw new NotUnderstood("a quoted name has no end");
    }
}
