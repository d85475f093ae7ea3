package io.gatehouse.server.config;

import io.gatehouse.server.auth.ScramVerifier;
import io.gatehouse.server.auth.UserRecord;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code users.yaml}: a list of users with their verifiers. */
final class UsersFile {
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.@+\\\\-]{0,62}");

    /** What {@link #isName} wants, in words. */
    static final String NAMES =
            "a name has up to 63 letters, digits and the characters _ . @ + \\ -";

    private UsersFile() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static Path in(Path dir) {
        return dir.resolve("users.yaml");
    }

    /** All users by name; empty where there is no such file. */
    static Map<String, UserRecord> read(Path dir, Report report) {
        Path file = in(dir);
        if (!Files.exists(file)) {
            return Map.of();
        }
        return read(file, YamlFile.read(file, report), report);
    }

    static Map<String, UserRecord> read(Path file, @Nullable Node node, Report report) {
        Map<String, UserRecord> users = new LinkedHashMap<>();
        if (node == null || node.getTag().equals(Tag.NULL)) {
            return users;
        }
        if (!(node instanceof SequenceNode sequence)) {
            report.add(file, node, "expected a list of users: - name: ...");
            return users;
        }
        for (Node item : sequence.getValue()) {
            Section section = Section.of(file, item, report);
            UserRecord user = user(section);
            if (user != null && users.putIfAbsent(user.name(), user) != null) {
                section.problem("name", "duplicate user \"" + user.name() + "\"");
            }
        }
        return users;
    }

    private static @Nullable UserRecord user(Section section) {
        String name = section.required("name");
        if (!name.isBlank() && !isName(name)) {
            section.problem("name", NAMES);
        }
        String verifier = section.required("verifier");
        var groups = section.words("groups");
        int clients = section.integer("clients", 0, 1, 1_000_000);
        section.end();
        if (verifier.isBlank()) {
            return null;
        }
        try {
            return new UserRecord(name, ScramVerifier.parse(verifier), groups, clients);
        } catch (IllegalArgumentException e) {
            // What stands there may be a password, so it is not repeated.
            section.problem(
                    "verifier",
                    "this is no SCRAM-SHA-256 verifier; make one: bin/gatehouse user add " + name);
            return null;
        }
    }
}
