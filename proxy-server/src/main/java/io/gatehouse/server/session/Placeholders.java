package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * A text whose numbered parameters ({@code $1}) have become question marks, which is what JDBC
 * drivers take. The gate is asked about the changed text, never about the original, so that what it
 * permits is what runs.
 *
 * @param sql the text with question marks; the original where it has no numbered parameter
 * @param order for each question mark, which parameter it stands for, from 0
 */
record Placeholders(String sql, List<Integer> order) {

    Placeholders {
        order = List.copyOf(order);
    }

    /** How many parameters a client has to bind. */
    int parameters() {
        return order.stream().mapToInt(i -> i + 1).max().orElse(0);
    }

    /** Whether the text is run as it is, so that question marks mean nothing to JDBC. */
    boolean direct() {
        return order.isEmpty();
    }

    static Placeholders of(Dialect dialect, String sql) {
        if (sql.indexOf('$') < 0) {
            return new Placeholders(sql, List.of());
        }
        Scan scan = new Scan(dialect, sql);
        scan.run();
        return scan.order.isEmpty()
                ? new Placeholders(sql, List.of())
                : new Placeholders(scan.out.toString(), scan.order);
    }

    /** One pass over a text that copies everything and changes parameters outside of quotes. */
    private static final class Scan {
        private final Dialect dialect;
        private final String sql;
        private final StringBuilder out = new StringBuilder();
        private final List<Integer> order = new ArrayList<>();
        private int at;

        Scan(Dialect dialect, String sql) {
            this.dialect = dialect;
            this.sql = sql;
        }

        void run() {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (c == '\'') {
                    quoted('\'', dialect.mysqlFamily());
                } else if (c == '"') {
                    quoted('"', dialect.mysqlFamily());
                } else if (c == '`' && dialect != Dialect.POSTGRESQL) {
                    quoted('`', false);
                } else if (c == '[' && dialect == Dialect.SQLSERVER) {
                    quoted(']', false);
                } else if (sql.startsWith("--", at) || (c == '#' && dialect.mysqlFamily())) {
                    copyTo(sql.indexOf('\n', at));
                } else if (sql.startsWith("/*", at)) {
                    comment();
                } else if (c == '$') {
                    dollar();
                } else if (Character.isLetter(c) || c == '_') {
                    word();
                } else {
                    other(c);
                }
            }
        }

        private void copyTo(int end) {
            int stop = end < 0 ? sql.length() : end;
            out.append(sql, at, stop);
            at = stop;
        }

        private void quoted(char close, boolean backslashes) {
            int end = at + 1;
            while (end < sql.length()) {
                char c = sql.charAt(end);
                if (backslashes && c == '\\') {
                    end += 2;
                } else if (c == close && end + 1 < sql.length() && sql.charAt(end + 1) == close) {
                    end += 2;
                } else if (c == close) {
                    break;
                } else {
                    end++;
                }
            }
            copyTo(Math.min(end + 1, sql.length()));
        }

        private void comment() {
            boolean nests = !dialect.mysqlFamily() && dialect != Dialect.SQLITE;
            int depth = 1;
            int end = at + 2;
            while (end < sql.length() && depth > 0) {
                if (sql.startsWith("*/", end)) {
                    depth--;
                    end += 2;
                } else if (nests && sql.startsWith("/*", end)) {
                    depth++;
                    end += 2;
                } else {
                    end++;
                }
            }
            copyTo(end);
        }

        private void dollar() {
            int end = at + 1;
            while (end < sql.length() && digit(sql.charAt(end))) {
                end++;
            }
            if (end > at + 1 && end - at <= 6) {
                int number = Integer.parseInt(sql.substring(at + 1, end));
                if (number > 0) {
                    order.add(number - 1);
                    out.append('?');
                    at = end;
                    return;
                }
            }
            dollarQuoted();
        }

        private void dollarQuoted() {
            int end = at + 1;
            while (end < sql.length() && identifier(sql.charAt(end)) && sql.charAt(end) != '$') {
                end++;
            }
            boolean quotes = dialect == Dialect.POSTGRESQL || dialect == Dialect.H2;
            if (quotes && end < sql.length() && sql.charAt(end) == '$') {
                String tag = sql.substring(at, end + 1);
                int close = sql.indexOf(tag, end + 1);
                copyTo(close < 0 ? -1 : close + tag.length());
            } else {
                copyTo(at + 1);
            }
        }

        private void word() {
            int end = at;
            while (end < sql.length() && identifier(sql.charAt(end))) {
                end++;
            }
            boolean escapes =
                    end == at + 1
                            && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')
                            && end < sql.length()
                            && sql.charAt(end) == '\''
                            && dialect == Dialect.POSTGRESQL;
            copyTo(end);
            if (escapes) {
                quoted('\'', true);
            }
        }

        private void other(char c) {
            out.append(c);
            if (c == '?' && dialect == Dialect.POSTGRESQL) {
                // PostgreSQL's own operator: pgjdbc takes two for one.
                out.append(c);
            }
            at++;
        }

        private static boolean identifier(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '$';
        }

        private static boolean digit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
