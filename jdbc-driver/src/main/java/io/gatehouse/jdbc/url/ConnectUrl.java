package io.gatehouse.jdbc.url;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads {@code jdbc:gatehouse://host[:port],.../name?property=value&...}. */
public final class ConnectUrl {
    /** What every URL of this driver begins with. */
    public static final String PREFIX = "jdbc:gatehouse:";

    /** The port where none is given. */
    public static final int DEFAULT_PORT = 7432;

    private ConnectUrl() {}

    /** Whether a URL is for this driver. */
    public static boolean accepts(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /**
     * What a URL and properties mean. A property in the URL wins over the same one beside it.
     *
     * @throws SQLException 08001 if the URL is malformed, 22023 if a property is unknown or bad;
     *     the message names the property and never shows a value
     */
    public static ConnectOptions parse(String url, Properties beside) throws SQLException {
        Map<Option, String> given = given(url, beside);
        String rest = rest(url);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String database = slash < 0 ? "" : decode(rest.substring(slash + 1), "the name");
        List<Host> hosts = Host.list(authority);
        if (given.getOrDefault(Option.USER, "").isEmpty()) {
            throw Faults.badArgument("The property 'user' is missing.");
        }
        return new ConnectOptions(hosts, database, given);
    }

    /**
     * The properties that a URL and properties give, without judging their values.
     *
     * @throws SQLException 22023 if a property is unknown
     */
    public static Map<Option, String> given(String url, Properties beside) throws SQLException {
        Map<Option, String> given = new EnumMap<>(Option.class);
        for (String key : beside.stringPropertyNames()) {
            String value = beside.getProperty(key);
            given.put(option(key), value);
        }
        int question = url.indexOf('?');
        if (question >= 0) {
            for (String pair : url.substring(question + 1).split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String key = equals < 0 ? pair : pair.substring(0, equals);
                    Option option = option(key);
                    if (option.isBesideOnly()) {
                        throw Faults.badArgument(
                                "The property '"
                                        + option.key()
                                        + "' is refused in a URL: give it beside the URL.");
                    }
                    String value = equals < 0 ? "" : pair.substring(equals + 1);
                    given.put(option, decode(value, "the property '" + key + "'"));
                }
            }
        }
        return given;
    }

    private static Option option(String key) throws SQLException {
        Option option = Option.named(key);
        if (option == null) {
            throw Faults.badArgument(
                    "The property '"
                            + (key.length() > 40 ? key.substring(0, 40) + "..." : key)
                            + "' is unknown to the Gatehouse driver.");
        }
        return option;
    }

    private static String rest(String url) throws SQLException {
        int question = url.indexOf('?');
        String plain = question < 0 ? url : url.substring(0, question);
        if (!plain.startsWith(PREFIX + "//")) {
            throw malformed(null);
        }
        return plain.substring(PREFIX.length() + 2);
    }

    /** Percent escapes only: a plus sign is a plus sign. */
    private static String decode(String text, String what) throws SQLException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SQLNonTransientConnectionException(
                    "In the URL, " + what + " has a bad percent escape.", "08001");
        }
    }

    static SQLException malformed(@Nullable Exception cause) {
        return Faults.noConnection(
                "The URL is not of the form"
                    + " jdbc:gatehouse://host[:port][,host[:port]...]/name[?property=value&...]",
                cause);
    }
}
