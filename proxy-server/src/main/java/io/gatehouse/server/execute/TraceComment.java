package io.gatehouse.server.execute;

import java.util.regex.Pattern;

/**
 * Names the trace of a statement to the database, by the convention of sqlcommenter. The comment is
 * put behind what the gate has read and holds nothing but hexadecimal digits, so that no reading of
 * the text changes.
 */
final class TraceComment {
    private static final Pattern SAFE = Pattern.compile("[0-9a-f-]{1,64}");

    private TraceComment() {}

    /** The text for the backend: with the comment, where it may have one. */
    static String commented(String sql, Call.Text text) {
        if (text.traceparent().isEmpty()) {
            return sql;
        }
        boolean single = text.permitted().facts().statements().size() == 1;
        if (!single || text.call() != null || !SAFE.matcher(text.traceparent()).matches()) {
            return sql;
        }
        int end = sql.length();
        while (end > 0 && isPadding(sql.charAt(end - 1))) {
            end--;
        }
        // Who has written such a comment already is not contradicted.
        if (end == 0 || sql.startsWith("*/", end - 2)) {
            return sql;
        }
        return sql.substring(0, end)
                + "/*traceparent='"
                + text.traceparent()
                + "'*/"
                + sql.substring(end);
    }

    private static boolean isPadding(char c) {
        return c == ';' || Character.isWhitespace(c);
    }
}
