package io.gatehouse.server.kind;

import java.util.Map;

/**
 * Where a database is. Holds no credential.
 *
 * @param host a name or address; empty for kinds that run in process
 * @param port 1 to 65535; 0 for kinds that run in process
 * @param database the database's name, or a file or in-memory name for kinds that run in process
 * @param properties further properties of the vendor's JDBC driver; immutable
 * @param encryption how the way there is encrypted
 * @param rootCertificate path of a PEM file with the authorities that sign the server's
 *     certificate; empty for the JDK's own
 */
public record Target(
        String host,
        int port,
        String database,
        Map<String, String> properties,
        Encryption encryption,
        String rootCertificate) {
    public Target {
        properties = Map.copyOf(properties);
    }

    /** Without encryption and further properties. */
    public static Target of(String host, int port, String database) {
        return new Target(host, port, database, Map.of(), Encryption.OFF, "");
    }
}
