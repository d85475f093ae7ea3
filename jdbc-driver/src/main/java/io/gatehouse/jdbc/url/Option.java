package io.gatehouse.jdbc.url;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A property of a connection: its name, what it means, what it may be. */
public enum Option {
    USER("user", null, "Who connects (required)."),
    PASSWORD("password", null, "The user's password."),
    SSLMODE(
            "sslmode",
            "auto",
            "TLS: auto is plain text on loopback and verify-full elsewhere; require trusts any"
                    + " certificate; verify-ca checks its authority; verify-full also its host.",
            "auto",
            "disable",
            "require",
            "verify-ca",
            "verify-full"),
    SSL("ssl", null, "Short for sslmode: true is verify-full, false is disable.", "true", "false"),
    SSLROOTCERT(
            "sslrootcert",
            null,
            "A PEM file with the trusted authorities; the Java runtime's own if absent."),
    LOGIN_TIMEOUT(
            "loginTimeout",
            "0",
            "Seconds that connecting may take in all; 0: DriverManager's login timeout."),
    CONNECT_TIMEOUT("connectTimeout", "10", "Seconds to reach the host; 0: no limit."),
    SOCKET_TIMEOUT(
            "socketTimeout",
            "0",
            "Seconds to wait for the broker's next bytes before the connection counts as lost;"
                    + " 0: no limit."),
    APPLICATION_NAME("applicationName", "", "The application's name, for the broker's audit."),
    FETCH_SIZE(
            "fetchSize", "0", "Rows the backend is asked for at a time; 0: the broker's choice."),
    WINDOW(
            "window",
            "262144",
            "Bytes of a result that may be on their way at once, 4096 to 268435456."),
    KEPT_ROWS(
            "keptRows",
            "67108864",
            "Bytes of rows that one result set may keep: to scroll in it, to update it, or over the"
                    + " end of its transaction; 65536 to 2147483647."),
    MAX_FRAME(
            "maxFrame",
            "268435456",
            "Bytes of the largest message that is accepted, 65536 to 1073741824.");

    private final String key;
    private final @Nullable String defaultText;
    private final String meaning;
    private final List<String> choices;

    Option(String key, @Nullable String defaultText, String meaning, String... choices) {
        this.key = key;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.choices = Collections.unmodifiableList(Arrays.asList(choices));
    }

    /** The property's name. */
    public String key() {
        return key;
    }

    /** What it is if not given, null for nothing. */
    public @Nullable String defaultText() {
        return defaultText;
    }

    /** What it means, for people. */
    public String meaning() {
        return meaning;
    }

    /** All it may be; empty where that is not a list. */
    public List<String> choices() {
        return choices;
    }

    static @Nullable Option named(String key) {
        for (Option option : values()) {
            if (option.key.equals(key)) {
                return option;
            }
        }
        return null;
    }
}
