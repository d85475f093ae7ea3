package io.gatehouse.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * One way to the database.
 *
 * @param name as on the command line and in the report
 * @param url the JDBC URL
 * @param properties beside the URL
 * @param proxy the process between client and database, where this program started it
 * @param streamsInAutocommit whether a result is streamed without a transaction around it
 * @param note one line about how it was set up
 */
record Target(
        String name,
        String url,
        Map<String, String> properties,
        OptionalLong proxy,
        boolean streamsInAutocommit,
        String note) {
    static final String DIRECT = "direct";
    static final String GATEHOUSE = "gatehouse";
    static final String GATEHOUSE_PSQL = "gatehouse-psql";
    static final String PGBOUNCER = "pgbouncer";
    static final String HAPROXY = "haproxy";
    static final String AVATICA = "avatica";

    Target {
        properties = Map.copyOf(properties);
    }

    /** Whether its proxy is a JVM that this program started. */
    boolean inJvm() {
        return url.startsWith("jdbc:gatehouse:")
                || name.equals(GATEHOUSE_PSQL)
                || name.equals(AVATICA);
    }

    Connection connect() throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        return DriverManager.getConnection(url, all);
    }

    @Override
    public String toString() {
        return name;
    }
}
