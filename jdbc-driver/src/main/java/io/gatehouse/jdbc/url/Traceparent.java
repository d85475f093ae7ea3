package io.gatehouse.jdbc.url;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** The trace context of the W3C, {@code version-trace-parent-flags} in lower hexadecimal. */
public final class Traceparent {
    /** The name of the property, the setting and the client info. */
    public static final String NAME = "traceparent";

    private static final Pattern FORM =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** The same, if it is null or well-formed; the message of the exception does not show it. */
    public static @Nullable String checked(@Nullable String text) throws SQLException {
        if (text == null || FORM.matcher(text).matches()) {
            return text;
        }
        throw Faults.badArgument(
                "The property 'traceparent' must be of the W3C's form, as"
                        + " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 is.");
    }
}
