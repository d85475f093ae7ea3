package io.gatehouse.jdbc.url;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** All that a connection is opened with. Immutable; cannot print the password. */
public final class ConnectOptions {
    private final String host;
    private final int port;
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

    ConnectOptions(String host, int port, String database, Map<Option, String> given)
            throws SQLException {
        this.host = host;
        this.port = port;
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
        throw Faults.badArgument(
                "The property 'sslmode' must be one of "
                        + String.join(", ", Option.SSLMODE.choices())
                        + ".");
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

    /** The broker's host, without brackets. */
    public String host() {
        return host;
    }

    /** The broker's port. */
    public int port() {
        return port;
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

    /** How far TLS goes. */
    public SslMode sslMode() {
        return sslMode;
    }

    /** A PEM file, null for the runtime's own authorities. */
    public @Nullable String sslRootCert() {
        return given.get(Option.SSLROOTCERT);
    }

    /** Seconds, 0 where not limited here. */
    public int loginTimeout() {
        return loginTimeout;
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
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return ConnectUrl.PREFIX + "//" + shown + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return url();
    }
}
