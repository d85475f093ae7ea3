package io.gatehouse.jdbc.type;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQLite's rules: a text is the number that it begins with, or 0, and no number is too large. */
final class SqliteNumber {
    private static final Pattern NUMBER =
            Pattern.compile(
                    "\\s*([-+]?(?:\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})"
                            + "(?:[eE][-+]?\\d{1,3})?)");
    private static final Pattern WHOLE = Pattern.compile("\\s*([-+]?\\d{1,400})");
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private SqliteNumber() {}

    static long whole(Object value) {
        if (value instanceof Number) {
            return ((Number) value).longValue();
        }
        Matcher matcher = WHOLE.matcher(text(value));
        return matcher.lookingAt()
                ? new BigInteger(matcher.group(1)).min(MOST).max(LEAST).longValue()
                : 0;
    }

    static double real(Object value) {
        if (value instanceof Number) {
            return ((Number) value).doubleValue();
        }
        Matcher matcher = NUMBER.matcher(text(value));
        return matcher.lookingAt() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    private static String text(Object value) {
        return value instanceof byte[]
                ? new String((byte[]) value, StandardCharsets.UTF_8)
                : value.toString();
    }
}
