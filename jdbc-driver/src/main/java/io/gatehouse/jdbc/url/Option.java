package io.gatehouse.jdbc.url;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A property of a connection: its name, what it means, what it may be. */
public enum Option {
    USER("user", null, "Who connects (required)."),
    PASSWORD("password", null, "The user's password, or a token that stands for one."),
    PASSWORD_FILE(
            "passwordFile",
            null,
            "A file whose first line is the password; it is read at each connect."),
    PASSWORD_COMMAND(
            "passwordCommand",
            null,
            "A program and its arguments, separated by spaces, \"quoted\" where they have some;"
                    + " the first line that it prints is the password. Run at each connect,"
                    + " without a shell. Refused in a URL."),
    PASSWORD_TIMEOUT("passwordTimeout", "10", "Seconds that passwordCommand may take, 1 to 3600."),
    HOSTS(
            "hosts",
            "ordered",
            "Which broker of the URL is tried first: ordered is as they stand there; random"
                    + " spreads connections over them.",
            "ordered",
            "random"),
    HOST_BACKOFF(
            "hostBackoff",
            "10",
            "Seconds for which a broker that failed is tried after the others, in the whole"
                    + " process, 0 to 3600."),
    MOVE_TIMEOUT(
            "moveTimeout",
            "10",
            "Seconds to look for a broker when the one in use goes away; 0: the connection ends"
                    + " with its broker."),
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
    SSLCERT("sslcert", null, "A PEM file with the client's certificate and its chain."),
    SSLKEY("sslkey", null, "A PEM file with the key of sslcert, in PKCS#8, not encrypted."),
    SSLKEYSTORE(
            "sslkeystore",
            null,
            "A PKCS#12 file with the client's certificate and key, in place of sslcert and"
                    + " sslkey."),
    SSLPASSWORD("sslpassword", null, "The password of sslkeystore."),
    LOGIN_TIMEOUT(
            "loginTimeout",
            "30",
            "Seconds that connecting may take in all; 0: no limit. If absent, a login timeout of"
                    + " DriverManager or of the data source goes before the default."),
    CONNECT_TIMEOUT(
            "connectTimeout",
            "10",
            "Seconds that one address of a broker may take, log-in included; 0: no limit."),
    SOCKET_TIMEOUT(
            "socketTimeout",
            "0",
            "Seconds to wait for the broker's next bytes before the connection counts as lost;"
                    + " 0: no limit."),
    APPLICATION_NAME("applicationName", "", "The application's name, for the broker's audit."),
    TRACEPARENT(
            "traceparent",
            null,
            "The W3C trace context of what the connection is for, for the broker's audit; the"
                    + " client info of that name changes it."),
    TRACE_COMMENTS(
            "traceComments",
            "false",
            "Whether the database is told of the trace as well, in a comment behind each statement"
                    + " of a trace that is sampled; such statements are prepared anew each time.",
            "true",
            "false"),
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
    METADATA_CACHE(
            "metadataCache",
            "30",
            "Seconds for which DatabaseMetaData answers the same question from memory, unless this"
                    + " process changed a definition; 0: not at all."),
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

    /** Whether it may be given beside the URL only: who may choose a URL chooses no programs. */
    boolean isBesideOnly() {
        return this == PASSWORD_COMMAND;
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
