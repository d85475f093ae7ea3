package io.gatehouse.jdbc.url;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that a connection is opened with. Immutable; cannot print the password. */
public final class ConnectOptions {
    private final List<Host> hosts;
    private final String database;
    private final Map<Option, String> given;
    private final SslMode sslMode;
    private final int loginTimeout;
    private final int connectTimeout;
    private final int socketTimeout;
    private final int fetchSize;
    private final int window;
    private final int keptRows;
    private final int maxFrame;
    private final int hostBackoff;
    private final int moveTimeout;
    private final int metadataCache;
    private final int passwordTimeout;
    private final boolean shuffled;
    private final List<String> passwordCommand;
    private final @Nullable String traceparent;
    private final boolean traceComments;

    ConnectOptions(List<Host> hosts, String database, Map<Option, String> given)
            throws SQLException {
        this.hosts = List.copyOf(hosts);
        this.database = database;
        this.given = new EnumMap<>(given);
        this.sslMode = sslMode(given);
        this.loginTimeout = number(Option.LOGIN_TIMEOUT, 0, 86400);
        this.connectTimeout = number(Option.CONNECT_TIMEOUT, 0, 86400);
        this.socketTimeout = number(Option.SOCKET_TIMEOUT, 0, 2_000_000);
        this.fetchSize = number(Option.FETCH_SIZE, 0, Integer.MAX_VALUE);
        this.window = number(Option.WINDOW, 4096, 1 << 28);
        this.keptRows = number(Option.KEPT_ROWS, 1 << 16, Integer.MAX_VALUE);
        this.maxFrame = number(Option.MAX_FRAME, 1 << 16, 1 << 30);
        this.hostBackoff = number(Option.HOST_BACKOFF, 0, 3600);
        this.moveTimeout = number(Option.MOVE_TIMEOUT, 0, 3600);
        this.metadataCache = number(Option.METADATA_CACHE, 0, 3600);
        this.passwordTimeout = number(Option.PASSWORD_TIMEOUT, 1, 3600);
        this.shuffled = "random".equals(choice(Option.HOSTS));
        this.passwordCommand = CommandLine.words(given.get(Option.PASSWORD_COMMAND));
        this.traceparent = Traceparent.checked(given.get(Option.TRACEPARENT));
        this.traceComments = choice(Option.TRACE_COMMENTS).equals("true");
        atMostOne(Option.PASSWORD, Option.PASSWORD_FILE, Option.PASSWORD_COMMAND);
        atMostOne(Option.SSLCERT, Option.SSLKEYSTORE);
        if (given.containsKey(Option.SSLCERT) != given.containsKey(Option.SSLKEY)) {
            throw Faults.badArgument(
                    "The properties 'sslcert' and 'sslkey' are given together or not at all.");
        }
    }

    private void atMostOne(Option... options) throws SQLException {
        Option first = null;
        for (Option option : options) {
            if (given.containsKey(option)) {
                if (first != null) {
                    throw Faults.badArgument(
                            "The properties '"
                                    + first.key()
                                    + "' and '"
                                    + option.key()
                                    + "' are both given: leave one out.");
                }
                first = option;
            }
        }
    }

    private String choice(Option option) throws SQLException {
        String text = text(option);
        if (option.choices().contains(text)) {
            return text;
        }
        throw notOneOf(option);
    }

    private static SQLException notOneOf(Option option) {
        return Faults.badArgument(
                "The property '"
                        + option.key()
                        + "' must be one of "
                        + String.join(", ", option.choices())
                        + ".");
    }

    private static SslMode sslMode(Map<Option, String> given) throws SQLException {
        String mode = given.get(Option.SSLMODE);
        String ssl = given.get(Option.SSL);
        if (ssl != null) {
            if (mode != null) {
                throw Faults.badArgument(
                        "The properties 'ssl' and 'sslmode' are both given: leave 'ssl' out.");
            }
            if (ssl.equals("true")) {
                return SslMode.VERIFY_FULL;
            }
            if (ssl.equals("false")) {
                return SslMode.DISABLE;
            }
            throw Faults.badArgument("The property 'ssl' must be true or false.");
        }
        if (mode == null) {
            return SslMode.AUTOMATIC;
        }
        for (SslMode one : SslMode.values()) {
            if (one.text().equals(mode)) {
                return one;
            }
        }
        throw notOneOf(Option.SSLMODE);
    }

    private int number(Option option, int min, int max) throws SQLException {
        String text = text(option);
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw notANumber(option, min, max, e);
        }
        throw notANumber(option, min, max, null);
    }

    private static SQLException notANumber(
            Option option, int min, int max, @Nullable Exception cause) {
        SQLException e =
                Faults.badArgument(
                        "The property '"
                                + option.key()
                                + "' must be a whole number from "
                                + min
                                + " to "
                                + max
                                + ".");
        if (cause != null) {
            e.initCause(cause);
        }
        return e;
    }

    private String text(Option option) {
        String text = given.get(option);
        if (text != null) {
            return text;
        }
        String fallback = option.defaultText();
        return fallback == null ? "" : fallback;
    }

    /** The brokers, at least one, in the URL's order. */
    public List<Host> hosts() {
        return hosts;
    }

    /** Whether connections spread over the brokers, in place of trying them in order. */
    public boolean isShuffled() {
        return shuffled;
    }

    /** Seconds for which a broker that failed is tried last. */
    public int hostBackoff() {
        return hostBackoff;
    }

    /** Seconds for which answers of the metadata are kept. */
    public int metadataCache() {
        return metadataCache;
    }

    /** Seconds to look for another broker; 0: not at all. */
    public int moveTimeout() {
        return moveTimeout;
    }

    /** The logical connection; empty: the user's name. */
    public String database() {
        return database;
    }

    /** Who connects. */
    public String user() {
        return text(Option.USER);
    }

    /** The password, empty if none was given. */
    public String password() {
        return text(Option.PASSWORD);
    }

    /** A file with the password, null if none was given. */
    public @Nullable String passwordFile() {
        return given.get(Option.PASSWORD_FILE);
    }

    /** A program that tells the password, and its arguments; empty if none was given. */
    public List<String> passwordCommand() {
        return passwordCommand;
    }

    /** Seconds that the program may take. */
    public int passwordTimeout() {
        return passwordTimeout;
    }

    /** How far TLS goes. */
    public SslMode sslMode() {
        return sslMode;
    }

    /** A PEM file, null for the runtime's own authorities. */
    public @Nullable String sslRootCert() {
        return given.get(Option.SSLROOTCERT);
    }

    /** A PEM file with the client's certificates, null if none was given. */
    public @Nullable String sslCert() {
        return given.get(Option.SSLCERT);
    }

    /** A PEM file with the client's key, null if none was given. */
    public @Nullable String sslKey() {
        return given.get(Option.SSLKEY);
    }

    /** A PKCS#12 file with the client's certificates and key, null if none was given. */
    public @Nullable String sslKeystore() {
        return given.get(Option.SSLKEYSTORE);
    }

    /** The PKCS#12 file's password, empty if none was given. */
    public String sslPassword() {
        return text(Option.SSLPASSWORD);
    }

    /**
     * Seconds, 0 without limit.
     *
     * @param outside what holds where the property is not given; 0: the default
     */
    public int loginTimeout(int outside) {
        return outside > 0 && !given.containsKey(Option.LOGIN_TIMEOUT) ? outside : loginTimeout;
    }

    /** Seconds, 0 without limit. */
    public int connectTimeout() {
        return connectTimeout;
    }

    /** Seconds, 0 without limit. */
    public int socketTimeout() {
        return socketTimeout;
    }

    /** The application's name, may be empty. */
    public String applicationName() {
        return text(Option.APPLICATION_NAME);
    }

    /** The trace context that the connection begins with, null for none. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    public boolean traceComments() {
        return traceComments;
    }

    /** Rows, 0 the broker's choice. */
    public int fetchSize() {
        return fetchSize;
    }

    /** Bytes of row credit. */
    public int window() {
        return window;
    }

    /** Bytes of rows that one result set may keep. */
    public int keptRows() {
        return keptRows;
    }

    /** Bytes of the largest frame accepted. */
    public int maxFrame() {
        return maxFrame;
    }

    /** The URL without any property. */
    public String url() {
        return ConnectUrl.PREFIX
                + "//"
                + hosts.stream().map(Host::toString).collect(Collectors.joining(","))
                + "/"
                + database;
    }

    @Override
    public String toString() {
        return url();
    }
}
