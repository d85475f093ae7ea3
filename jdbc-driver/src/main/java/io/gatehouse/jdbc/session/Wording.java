package io.gatehouse.jdbc.session;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a statement's text certainly does not do. */
final class Wording {
    private static final Set<String> PLAIN =
            Set.of(
                    "select",
                    "insert",
                    "update",
                    "delete",
                    "merge",
                    "replace",
                    "with",
                    "values",
                    "table",
                    "explain",
                    "savepoint");

    /** SELECT INTO makes a table; INSERT INTO costs a question asked again. */
    private static final Pattern INTO =
            Pattern.compile("\\bselect\\b.*\\binto\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Wording() {}

    /**
     * Whether a text may end a transaction. Only plain reads and changes are known not to: many
     * databases commit by themselves before others.
     */
    static boolean mayEndTransaction(String sql) {
        int at = begin(sql);
        int end = at;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        if (!PLAIN.contains(sql.substring(at, end).toLowerCase(Locale.ROOT))) {
            return true;
        }
        int semicolon = sql.indexOf(';');
        return semicolon >= 0 && !sql.substring(semicolon + 1).isBlank();
    }

    /**
     * Whether a text may change what the backend's metadata tells. What a function changes that a
     * query calls cannot be seen here.
     */
    static boolean mayRedefine(String sql) {
        return mayEndTransaction(sql) || INTO.matcher(sql).find();
    }

    /** Behind white space, comments and parentheses. */
    private static int begin(String sql) {
        int at = 0;
        while (at < sql.length()) {
            if (sql.startsWith("--", at)) {
                at = behind(sql, "\n", at);
            } else if (sql.startsWith("/*", at)) {
                at = behind(sql, "*/", at);
            } else if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '(') {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private static int behind(String sql, String mark, int from) {
        int at = sql.indexOf(mark, from + 2);
        return at < 0 ? sql.length() : at + mark.length();
    }
}
