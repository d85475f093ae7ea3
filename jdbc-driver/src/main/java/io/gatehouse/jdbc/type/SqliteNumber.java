package io.gatehouse.jdbc.type;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQLite's rule: a text is the number that it begins with, or 0. */
final class SqliteNumber {
    private static final Pattern NUMBER =
            Pattern.compile(
                    "\\s*([-+]?(?:\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})"
                            + "(?:[eE][-+]?\\d{1,3})?)");

    private SqliteNumber() {}

    /** The number as a Long or Double; what is a number already stays as it is. */
    static Object of(Object value) {
        if (value instanceof byte[]) {
            return of(new String((byte[]) value, StandardCharsets.UTF_8));
        }
        if (!(value instanceof String)) {
            return value;
        }
        Matcher matcher = NUMBER.matcher((String) value);
        if (!matcher.lookingAt()) {
            return 0L;
        }
        String digits = matcher.group(1);
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return Double.valueOf(digits);
        }
    }
}
