package io.gatehouse.server.config;

import io.gatehouse.policy.Policy;
import io.gatehouse.server.auth.UserRecord;
import io.gatehouse.server.directory.LogicalConnection;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a configuration directory says, checked. Immutable.
 *
 * @param server what {@code gatehouse.yaml} says
 * @param users by name
 * @param connections by name, sorted
 * @param policy the rules
 */
public record Configuration(
        ServerSettings server,
        Map<String, UserRecord> users,
        Map<String, LogicalConnection> connections,
        Policy policy) {
    public Configuration {
        users = Map.copyOf(users);
        connections = Collections.unmodifiableMap(new TreeMap<>(connections));
    }

    /**
     * Reads and checks a configuration directory.
     *
     * @param dir holds {@code gatehouse.yaml}, {@code users.yaml}, {@code connections/} and {@code
     *     policies/}
     * @throws ConfigurationProblems names every problem of every file
     */
    public static Configuration load(Path dir, Environment environment)
            throws ConfigurationProblems {
        return new Loader(dir, environment).load();
    }
}
