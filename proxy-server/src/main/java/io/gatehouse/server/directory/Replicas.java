package io.gatehouse.server.directory;

import java.time.Duration;
import java.util.List;

/**
 * Copies of a logical connection's database that may answer reads, and may lag behind it.
 *
 * @param stickyAfterWrite how long a session that changed something reads from the primary
 * @param servers each a connection of its own, named as the logical one with a number behind it
 */
public record Replicas(Duration stickyAfterWrite, List<LogicalConnection> servers) {
    /** What holds where the configuration does not say. */
    public static final Duration STICKY = Duration.ofSeconds(1);

    /** There are none. */
    public static final Replicas NONE = new Replicas(STICKY, List.of());

    /** Between the name of the logical connection, which cannot hold it, and its replica's. */
    private static final String SEPARATOR = "/";

    public Replicas {
        servers = List.copyOf(servers);
    }

    /** The name of the pool of a connection's replica; the first has the number 1. */
    public static String name(String connection, int number) {
        return connection + SEPARATOR + "replica-" + number;
    }

    /** The logical connection whose pool, or whose replica's pool, has that name. */
    public static String connection(String pool) {
        int end = pool.indexOf(SEPARATOR);
        return end < 0 ? pool : pool.substring(0, end);
    }

    /** Which server of its logical connection a pool leads to: {@code primary} or a replica. */
    public static String server(String pool) {
        int end = pool.indexOf(SEPARATOR);
        return end < 0 ? "primary" : pool.substring(end + 1);
    }

    boolean sameAs(Replicas other) {
        if (!stickyAfterWrite.equals(other.stickyAfterWrite)
                || servers.size() != other.servers.size()) {
            return false;
        }
        for (int i = 0; i < servers.size(); i++) {
            if (!servers.get(i).sameAs(other.servers.get(i))) {
                return false;
            }
        }
        return true;
    }
}
