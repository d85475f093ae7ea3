package io.gatehouse.server.config;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.PolicyProblems;
import io.gatehouse.server.auth.UserRecord;
import io.gatehouse.server.directory.LogicalConnection;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads one configuration directory once. */
final class Loader {
    private final Path dir;
    private final Environment environment;
    private final Report report = new Report();

    Loader(Path dir, Environment environment) {
        this.dir = dir;
        this.environment = environment;
    }

    Configuration load() throws ConfigurationProblems {
        if (!Files.isDirectory(dir)) {
            report.add(dir, "there is no such directory; name the configuration with --conf");
            throw report.asException();
        }
        ServerFile.Read server = ServerFile.read(dir, report);
        Map<String, UserRecord> users = UsersFile.read(dir, report);
        KeyRing keys = new KeyRing(server.masterKey(), environment);
        Map<String, LogicalConnection> connections = connections(server, keys);
        Policy policy = policy(server.settings().limits().policyCache());
        if (policy == null || !report.isEmpty()) {
            throw report.asException();
        }
        return new Configuration(server.settings(), users, connections, policy);
    }

    private Map<String, LogicalConnection> connections(ServerFile.Read server, KeyRing keys) {
        Map<String, LogicalConnection> found = new TreeMap<>();
        Map<String, Path> origins = new HashMap<>();
        for (Path file : YamlFiles.in(dir.resolve("connections"), report)) {
            LogicalConnection connection =
                    ConnectionFile.read(file, server.timeouts(), keys, report);
            if (connection == null) {
                continue;
            }
            Path first = origins.putIfAbsent(connection.name(), file);
            if (first != null) {
                report.add(
                        new Problem(
                                file.toString(),
                                1,
                                1,
                                "duplicate connection \""
                                        + connection.name()
                                        + "\", first in "
                                        + first));
            }
            found.putIfAbsent(connection.name(), connection);
        }
        return found;
    }

    private @Nullable Policy policy(long cacheBytes) {
        Path policies = dir.resolve("policies");
        List<Path> files = YamlFiles.in(policies, report);
        if (files.isEmpty()) {
            report.add(
                    policies, "there is no policy: without a file *.yaml here nothing is allowed");
            return null;
        }
        try {
            return Policy.load(files, cacheBytes);
        } catch (PolicyProblems e) {
            e.problems()
                    .forEach(p ->
                            report.add(
                                    new Problem(
                                            String.valueOf(p.file()),
                                            p.line(),
                                            p.column(),
                                            p.message())));
            return null;
        }
    }
}
