package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.url.ConnectUrl;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

import javax.sql.DataSource;

/**
 * A source of connections, set up as a bean: a URL, and properties beside it. It pools nothing. Set
 * it up before it is shared; then it is thread-safe.
 */
public final class GatehouseDataSource extends Wrapped implements DataSource {
    private final Properties properties = new Properties();
    private @Nullable String url;
    private volatile int loginTimeout;
    private volatile @Nullable PrintWriter logWriter;

    /** A source without a URL. */
    public GatehouseDataSource() {
        // The setters say the rest.
    }

    /** The URL, {@code jdbc:gatehouse://host:7432/name}; null before it is set. */
    public @Nullable String getUrl() {
        return url;
    }

    /** Sets the URL. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** Sets who connects. */
    public void setUser(String user) {
        setProperty("user", user);
    }

    /** Sets the user's password. */
    public void setPassword(String password) {
        setProperty("password", password);
    }

    /**
     * Sets any property of the driver by its name; a bad one is refused when connecting.
     *
     * @param value null removes the property
     */
    public void setProperty(String name, @Nullable String value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.setProperty(name, value);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(properties);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", user);
        if (password != null) {
            all.setProperty("password", password);
        }
        return connect(all);
    }

    private Connection connect(Properties all) throws SQLException {
        String to = url;
        if (to == null) {
            throw Faults.noConnection("The data source has no URL: call setUrl.", null);
        }
        return GatehouseDriver.open(ConnectUrl.parse(to, all), loginTimeout);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        if (seconds < 0) {
            throw Faults.badArgument("A timeout is not negative.");
        }
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.gatehouse.jdbc");
    }
}
