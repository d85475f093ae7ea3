package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.ConnectUrl;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

import javax.sql.CommonDataSource;

/** What the sources of connections have in common: a URL, and properties beside it. */
abstract class SourceSettings extends Wrapped implements CommonDataSource {
    private final Properties properties = new Properties();
    private @Nullable String url;
    private volatile int loginTimeout;
    private volatile @Nullable PrintWriter logWriter;

    /** The URL, {@code jdbc:gatehouse://host:7432/name}; null before it is set. */
    public final @Nullable String getUrl() {
        return url;
    }

    /** Sets the URL. */
    public final void setUrl(String url) {
        this.url = url;
    }

    /** Sets who connects. */
    public final void setUser(String user) {
        setProperty("user", user);
    }

    /** Sets the user's password. */
    public final void setPassword(String password) {
        setProperty("password", password);
    }

    /**
     * Sets any property of the driver by its name; a bad one is refused when connecting.
     *
     * @param value null removes the property
     */
    public final void setProperty(String name, @Nullable String value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.setProperty(name, value);
        }
    }

    final ConnectOptions options() throws SQLException {
        return parsed(properties);
    }

    final ConnectOptions options(String user, @Nullable String password) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", user);
        if (password != null) {
            all.setProperty("password", password);
        }
        return parsed(all);
    }

    private ConnectOptions parsed(Properties all) throws SQLException {
        String to = url;
        if (to == null) {
            throw Faults.noConnection("The data source has no URL: call setUrl.", null);
        }
        return ConnectUrl.parse(to, all);
    }

    final Session open(ConnectOptions options) throws SQLException {
        int outside = loginTimeout > 0 ? loginTimeout : DriverManager.getLoginTimeout();
        return Session.open(options, options.loginTimeout(outside));
    }

    @Override
    public final @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public final void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public final void setLoginTimeout(int seconds) throws SQLException {
        if (seconds < 0) {
            throw Faults.badArgument("A timeout is not negative.");
        }
        loginTimeout = seconds;
    }

    @Override
    public final int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public final Logger getParentLogger() {
        return Logger.getLogger("io.gatehouse.jdbc");
    }
}
