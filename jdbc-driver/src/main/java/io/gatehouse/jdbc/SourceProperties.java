package io.gatehouse.jdbc;

import io.gatehouse.jdbc.url.Option;

import org.jspecify.annotations.Nullable;

import java.util.Properties;

/**
 * The driver's properties as those of a bean. A number that was not set is its default; a bad value
 * is refused when connecting.
 */
abstract class SourceProperties extends Wrapped {
    /** What was set, by the names of the properties. */
    abstract Properties properties();

    /**
     * Sets any property of the driver by its name; a bad one is refused when connecting.
     *
     * @param value null removes the property
     */
    public final void setProperty(String name, @Nullable String value) {
        if (value == null) {
            properties().remove(name);
        } else {
            properties().setProperty(name, value);
        }
    }

    private @Nullable String text(Option option) {
        return properties().getProperty(option.key(), option.defaultText());
    }

    private int number(Option option) {
        String text = text(option);
        return text == null ? 0 : Integer.parseInt(text);
    }

    private boolean truth(Option option) {
        return Boolean.parseBoolean(text(option));
    }

    private void set(Option option, @Nullable Object value) {
        setProperty(option.key(), value == null ? null : value.toString());
    }

    /** Sets the user's password. */
    public final void setPassword(@Nullable String password) {
        set(Option.PASSWORD, password);
    }

    /** Sets the password of the client's certificate and key. */
    public final void setSslpassword(@Nullable String password) {
        set(Option.SSLPASSWORD, password);
    }

    /** Who connects. */
    public final @Nullable String getUser() {
        return text(Option.USER);
    }

    /** Sets that property. */
    public final void setUser(@Nullable String value) {
        set(Option.USER, value);
    }

    /** A file whose first line is the password. */
    public final @Nullable String getPasswordFile() {
        return text(Option.PASSWORD_FILE);
    }

    /** Sets that property. */
    public final void setPasswordFile(@Nullable String value) {
        set(Option.PASSWORD_FILE, value);
    }

    /** A program whose first line is the password. */
    public final @Nullable String getPasswordCommand() {
        return text(Option.PASSWORD_COMMAND);
    }

    /** Sets that property. */
    public final void setPasswordCommand(@Nullable String value) {
        set(Option.PASSWORD_COMMAND, value);
    }

    /** Which broker is tried first: {@code ordered} or {@code random}. */
    public final @Nullable String getHosts() {
        return text(Option.HOSTS);
    }

    /** Sets that property. */
    public final void setHosts(@Nullable String value) {
        set(Option.HOSTS, value);
    }

    /** How TLS is used and checked. */
    public final @Nullable String getSslmode() {
        return text(Option.SSLMODE);
    }

    /** Sets that property. */
    public final void setSslmode(@Nullable String value) {
        set(Option.SSLMODE, value);
    }

    /** A PEM file with the trusted authorities. */
    public final @Nullable String getSslrootcert() {
        return text(Option.SSLROOTCERT);
    }

    /** Sets that property. */
    public final void setSslrootcert(@Nullable String value) {
        set(Option.SSLROOTCERT, value);
    }

    /** A PEM file with the client's certificate. */
    public final @Nullable String getSslcert() {
        return text(Option.SSLCERT);
    }

    /** Sets that property. */
    public final void setSslcert(@Nullable String value) {
        set(Option.SSLCERT, value);
    }

    /** A PEM file with the key of the client's certificate. */
    public final @Nullable String getSslkey() {
        return text(Option.SSLKEY);
    }

    /** Sets that property. */
    public final void setSslkey(@Nullable String value) {
        set(Option.SSLKEY, value);
    }

    /** A PKCS#12 file with the client's certificate and key. */
    public final @Nullable String getSslkeystore() {
        return text(Option.SSLKEYSTORE);
    }

    /** Sets that property. */
    public final void setSslkeystore(@Nullable String value) {
        set(Option.SSLKEYSTORE, value);
    }

    /** The application's name. */
    public final @Nullable String getApplicationName() {
        return text(Option.APPLICATION_NAME);
    }

    /** Sets that property. */
    public final void setApplicationName(@Nullable String value) {
        set(Option.APPLICATION_NAME, value);
    }

    /** The W3C trace context of what the connection is for. */
    public final @Nullable String getTraceparent() {
        return text(Option.TRACEPARENT);
    }

    /** Sets that property. */
    public final void setTraceparent(@Nullable String value) {
        set(Option.TRACEPARENT, value);
    }

    /** Seconds that the password's program may take. */
    public final int getPasswordTimeout() {
        return number(Option.PASSWORD_TIMEOUT);
    }

    /** Sets that property. */
    public final void setPasswordTimeout(int value) {
        set(Option.PASSWORD_TIMEOUT, value);
    }

    /** Seconds for which a broker that failed is tried after the others. */
    public final int getHostBackoff() {
        return number(Option.HOST_BACKOFF);
    }

    /** Sets that property. */
    public final void setHostBackoff(int value) {
        set(Option.HOST_BACKOFF, value);
    }

    /** Seconds to look for another broker. */
    public final int getMoveTimeout() {
        return number(Option.MOVE_TIMEOUT);
    }

    /** Sets that property. */
    public final void setMoveTimeout(int value) {
        set(Option.MOVE_TIMEOUT, value);
    }

    /** Seconds that one address may take. */
    public final int getConnectTimeout() {
        return number(Option.CONNECT_TIMEOUT);
    }

    /** Sets that property. */
    public final void setConnectTimeout(int value) {
        set(Option.CONNECT_TIMEOUT, value);
    }

    /** Seconds to wait for the broker's next bytes. */
    public final int getSocketTimeout() {
        return number(Option.SOCKET_TIMEOUT);
    }

    /** Sets that property. */
    public final void setSocketTimeout(int value) {
        set(Option.SOCKET_TIMEOUT, value);
    }

    /** Rows the backend is asked for at a time. */
    public final int getFetchSize() {
        return number(Option.FETCH_SIZE);
    }

    /** Sets that property. */
    public final void setFetchSize(int value) {
        set(Option.FETCH_SIZE, value);
    }

    /** Bytes of a result that may be on their way. */
    public final int getWindow() {
        return number(Option.WINDOW);
    }

    /** Sets that property. */
    public final void setWindow(int value) {
        set(Option.WINDOW, value);
    }

    /** Bytes of rows that one result set may keep. */
    public final int getKeptRows() {
        return number(Option.KEPT_ROWS);
    }

    /** Sets that property. */
    public final void setKeptRows(int value) {
        set(Option.KEPT_ROWS, value);
    }

    /** Seconds for which metadata is answered from memory. */
    public final int getMetadataCache() {
        return number(Option.METADATA_CACHE);
    }

    /** Sets that property. */
    public final void setMetadataCache(int value) {
        set(Option.METADATA_CACHE, value);
    }

    /** Bytes of the largest message. */
    public final int getMaxFrame() {
        return number(Option.MAX_FRAME);
    }

    /** Sets that property. */
    public final void setMaxFrame(int value) {
        set(Option.MAX_FRAME, value);
    }

    /** Short for the mode of TLS. */
    public final boolean isSsl() {
        return truth(Option.SSL);
    }

    /** Sets that property. */
    public final void setSsl(boolean value) {
        set(Option.SSL, value);
    }

    /** Whether the database is told of the trace. */
    public final boolean isTraceComments() {
        return truth(Option.TRACE_COMMENTS);
    }

    /** Sets that property. */
    public final void setTraceComments(boolean value) {
        set(Option.TRACE_COMMENTS, value);
    }
}
