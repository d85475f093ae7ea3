package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns PostgreSQL's numbered placeholders ({@code $1}) into JDBC's question marks. A text that has
 * none is left as it is: its question marks are JDBC's already.
 */
final class Placeholders {
    private final Dialect dialect;
    private final String sql;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> order = new ArrayList<>();
    private boolean questionMarks;

    private Placeholders(Dialect dialect, String sql) {
        this.dialect = dialect;
        this.sql = sql;
    }

    /**
     * A text for JDBC.
     *
     * @param order for each question mark, the index of its parameter; null for one after the other
     */
    record Rewritten(String sql, @Nullable List<Integer> order) {
        int count(int given) {
            return order == null ? given : order.size();
        }

        int source(int index) {
            return order == null ? index : order.get(index);
        }
    }

    static Rewritten rewrite(Dialect dialect, String sql, int parameters) {
        if (parameters == 0 || sql.indexOf('$') < 0) {
            return new Rewritten(sql, null);
        }
        return new Placeholders(dialect, sql).scan(parameters);
    }

    private Rewritten scan(int parameters) {
        int at = 0;
        while (at < sql.length()) {
            int end = quotedEnd(at);
            if (end > at) {
                out.append(sql, at, end);
                at = end;
                continue;
            }
            char c = sql.charAt(at);
            int digits = c == '$' && !continuesName(at) ? digitsEnd(at + 1) : at + 1;
            if (c == '$' && digits > at + 1) {
                int number = Integer.parseInt(sql, at + 1, digits, 10);
                if (number < 1 || number > parameters) {
                    return new Rewritten(sql, null);
                }
                order.add(number - 1);
                out.append('?');
                at = digits;
                continue;
            }
            if (c == '?') {
                questionMarks = true;
                out.append(dialect == Dialect.POSTGRESQL ? "??" : "?");
            } else {
                out.append(c);
            }
            at++;
        }
        boolean numbered = !order.isEmpty() && (dialect == Dialect.POSTGRESQL || !questionMarks);
        return numbered
                ? new Rewritten(out.toString(), List.copyOf(order))
                : new Rewritten(sql, null);
    }

    private boolean continuesName(int at) {
        return at > 0
                && (Character.isLetterOrDigit(sql.charAt(at - 1))
                        || sql.charAt(at - 1) == '_'
                        || sql.charAt(at - 1) == '$');
    }

    /** The end of at most nine digits, so that their number fits an int. */
    private int digitsEnd(int from) {
        int end = from;
        while (end < sql.length()
                && end - from < 9
                && sql.charAt(end) >= '0'
                && sql.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** The end of the comment or quoted text that begins here; the same place where none does. */
    private int quotedEnd(int at) {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            return closing(at, c);
        }
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        }
        if (sql.startsWith("/*", at)) {
            return commentEnd(at);
        }
        if (c == '$' && dialect == Dialect.POSTGRESQL && !continuesName(at)) {
            return dollarEnd(at);
        }
        return at;
    }

    private int closing(int at, char quote) {
        boolean backslashes =
                quote == '\''
                        && (dialect.mysqlFamily()
                                || (dialect == Dialect.POSTGRESQL && at > 0 && isE(at - 1)));
        for (int i = at + 1; i < sql.length(); i++) {
            if (backslashes && sql.charAt(i) == '\\') {
                i++;
            } else if (sql.charAt(i) == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return sql.length();
    }

    private boolean isE(int at) {
        char c = sql.charAt(at);
        return (c == 'E' || c == 'e') && (at == 0 || !continuesName(at));
    }

    private int commentEnd(int at) {
        int depth = 0;
        for (int i = at; i < sql.length(); i++) {
            if (sql.startsWith("/*", i)) {
                // Only PostgreSQL and SQL Server nest comments.
                boolean nests = dialect == Dialect.POSTGRESQL || dialect == Dialect.SQLSERVER;
                depth = nests ? depth + 1 : 1;
                i++;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return sql.length();
    }

    /** A dollar-quoted text: {@code $tag$...$tag$}. */
    private int dollarEnd(int at) {
        int i = at + 1;
        while (i < sql.length()
                && (Character.isLetter(sql.charAt(i))
                        || sql.charAt(i) == '_'
                        || (i > at + 1 && Character.isDigit(sql.charAt(i))))) {
            i++;
        }
        if (i >= sql.length() || sql.charAt(i) != '$') {
            return at;
        }
        String tag = sql.substring(at, i + 1);
        int end = sql.indexOf(tag, i + 1);
        return end < 0 ? sql.length() : end + tag.length();
    }
}
