package io.gatehouse.jdbc.url;

import io.gatehouse.jdbc.fault.Faults;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Where one broker listens. Immutable. */
public final class Host {
    /** The most brokers that a URL may name. */
    static final int MOST = 64;

    private final String name;
    private final int port;

    private Host(String name, int port) {
        this.name = name;
        this.port = port;
    }

    /** Reads {@code host[:port][,host[:port]]...}; an IPv6 address stands in brackets. */
    static List<Host> list(String authority) throws SQLException {
        List<Host> hosts = new ArrayList<>();
        for (String one : authority.split(",", -1)) {
            hosts.add(one(one));
        }
        if (hosts.size() > MOST) {
            throw Faults.noConnection("The URL names more than " + MOST + " brokers.", null);
        }
        return List.copyOf(hosts);
    }

    private static Host one(String text) throws SQLException {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0 || text.substring(1, close).indexOf(':') < 0) {
                throw ConnectUrl.malformed(null);
            }
            return of(text.substring(1, close), text.substring(close + 1));
        }
        int colon = text.indexOf(':');
        return colon < 0 ? of(text, "") : of(text.substring(0, colon), text.substring(colon));
    }

    private static Host of(String name, String colonAndPort) throws SQLException {
        if (name.isEmpty() || name.indexOf('@') >= 0 || name.indexOf('[') >= 0) {
            throw ConnectUrl.malformed(null);
        }
        if (colonAndPort.isEmpty()) {
            return new Host(name, ConnectUrl.DEFAULT_PORT);
        }
        if (!colonAndPort.startsWith(":")) {
            throw ConnectUrl.malformed(null);
        }
        try {
            int port = Integer.parseInt(colonAndPort.substring(1));
            if (port >= 1 && port <= 65535) {
                return new Host(name, port);
            }
        } catch (NumberFormatException e) {
            throw ConnectUrl.malformed(e);
        }
        throw ConnectUrl.malformed(null);
    }

    /** The host's name or address, without brackets. */
    public String name() {
        return name;
    }

    /** The port. */
    public int port() {
        return port;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Host
                && name.equals(((Host) other).name)
                && port == ((Host) other).port;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + port;
    }

    /** As it stands in a URL. */
    @Override
    public String toString() {
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }
}
