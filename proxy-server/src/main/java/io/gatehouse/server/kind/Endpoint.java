package io.gatehouse.server.kind;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how its connection is protected.
 *
 * @param host name or address; empty for an embedded database
 * @param port 0 for the kind's default
 * @param database the database's name; for embedded kinds a file, or {@code mem:NAME}
 * @param ca a PEM file of the authorities that may sign the server's certificate; null for the
 *     JVM's own
 * @param properties further properties of the driver; they override the broker's defaults
 */
public record Endpoint(
        String host,
        int port,
        String database,
        Tls tls,
        @Nullable Path ca,
        Map<String, String> properties) {
    public Endpoint {
        properties = Map.copyOf(properties);
    }

    /** How the connection to a backend is encrypted. */
    public enum Tls {
        DISABLE,
        REQUIRE,
        VERIFY_FULL
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    String authority(int defaultPort) {
        String name = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return name + ":" + (port == 0 ? defaultPort : port);
    }
}
