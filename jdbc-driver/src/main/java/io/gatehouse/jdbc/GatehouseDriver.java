package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.ConnectUrl;
import io.gatehouse.jdbc.url.Option;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The JDBC driver of Gatehouse, for URLs like {@code jdbc:gatehouse://host:7432/orders}. It
 * registers itself. Thread-safe.
 */
public final class GatehouseDriver implements Driver {
    static final String NAME = "Gatehouse JDBC driver";
    static final int MAJOR = 0;
    static final int MINOR = 1;
    static final String VERSION = MAJOR + "." + MINOR;

    private static final Logger LOG = Logger.getLogger("io.gatehouse.jdbc");

    static {
        try {
            DriverManager.registerDriver(new GatehouseDriver());
        } catch (SQLException e) {
            LOG.log(Level.SEVERE, "The Gatehouse driver could not be registered.", e);
        }
    }

    /** For the service loader; applications use {@link DriverManager}. */
    public GatehouseDriver() {
        // There is nothing to set up.
    }

    @Override
    public @Nullable Connection connect(@Nullable String url, @Nullable Properties info)
            throws SQLException {
        if (url == null) {
            throw Faults.noConnection("The URL is null.", null);
        }
        if (!ConnectUrl.accepts(url)) {
            return null;
        }
        return open(ConnectUrl.parse(url, info == null ? new Properties() : info), 0);
    }

    static Connection open(ConnectOptions options, int loginSeconds) throws SQLException {
        int outside = loginSeconds > 0 ? loginSeconds : DriverManager.getLoginTimeout();
        return new GatehouseConnection(
                Session.open(options, options.loginTimeout(outside)), options);
    }

    @Override
    public boolean acceptsURL(@Nullable String url) throws SQLException {
        if (url == null) {
            throw Faults.noConnection("The URL is null.", null);
        }
        return ConnectUrl.accepts(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info)
            throws SQLException {
        Map<Option, String> given =
                ConnectUrl.given(url == null ? "" : url, info == null ? new Properties() : info);
        Option[] options = Option.values();
        DriverPropertyInfo[] all = new DriverPropertyInfo[options.length];
        for (int i = 0; i < options.length; i++) {
            Option option = options[i];
            String value = given.getOrDefault(option, option.defaultText());
            DriverPropertyInfo one = new DriverPropertyInfo(option.key(), value);
            one.description = option.meaning();
            one.required = option == Option.USER;
            if (!option.choices().isEmpty()) {
                one.choices = option.choices().toArray(new String[0]);
            }
            all[i] = one;
        }
        return all;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return MINOR;
    }

    /** False: JDBC means the whole of SQL-92's entry level by it, which not every kind has. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return LOG;
    }
}
