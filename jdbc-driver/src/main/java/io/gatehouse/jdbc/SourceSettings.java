package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.url.ConnectUrl;
import io.gatehouse.jdbc.url.Option;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.sql.CommonDataSource;

/** What the sources of connections have in common: a URL, and properties beside it. */
abstract class SourceSettings extends SourceProperties
        implements CommonDataSource, Referenceable, Serializable {
    private static final long serialVersionUID = 1;
    private static final String NO_COMMAND =
            "A source whose passwordCommand is set can be neither bound nor serialized.";

    private final Properties properties = new Properties();
    private @Nullable String url;
    private volatile int loginTimeout;
    private transient volatile @Nullable PrintWriter logWriter;

    /** The URL, {@code jdbc:gatehouse://host:7432/name}; null before it is set. */
    public final @Nullable String getUrl() {
        return url;
    }

    /** Sets the URL. */
    public final void setUrl(String url) {
        this.url = url;
    }

    @Override
    final Properties properties() {
        return properties;
    }

    /**
     * How a naming service makes this source again, with what was set but the log writer. A program
     * that says the password is refused: who may bind a source chooses no programs.
     */
    @Override
    public final Reference getReference() throws NamingException {
        if (properties.containsKey(Option.PASSWORD_COMMAND.key())) {
            throw new NamingException(NO_COMMAND);
        }
        Reference reference =
                new Reference(getClass().getName(), SourceFactory.class.getName(), null);
        if (url != null) {
            reference.add(new StringRefAddr(SourceFactory.URL, url));
        }
        if (loginTimeout > 0) {
            reference.add(
                    new StringRefAddr(Option.LOGIN_TIMEOUT.key(), Integer.toString(loginTimeout)));
        }
        for (String name : properties.stringPropertyNames()) {
            reference.add(new StringRefAddr(name, properties.getProperty(name)));
        }
        return reference;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (properties.containsKey(Option.PASSWORD_COMMAND.key())) {
            throw new InvalidObjectException(NO_COMMAND);
        }
        out.defaultWriteObject();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (properties.containsKey(Option.PASSWORD_COMMAND.key())) {
            throw new InvalidObjectException(NO_COMMAND);
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
