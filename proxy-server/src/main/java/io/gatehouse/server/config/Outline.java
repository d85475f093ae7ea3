package io.gatehouse.server.config;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.Kinds;

import org.snakeyaml.engine.v2.nodes.Node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What policies see of users and connections, read without any secret. Problems are not told here:
 * whoever has some is told by {@code config check}.
 *
 * @param groups of each user
 * @param connections by name
 */
public record Outline(Map<String, Set<String>> groups, Map<String, Place> connections) {
    public Outline {
        groups = Map.copyOf(groups);
        connections = Map.copyOf(connections);
    }

    /**
     * A logical connection.
     *
     * @param user the broker's own at the database
     */
    public record Place(Dialect dialect, Set<String> labels, String user) {
        public Place {
            labels = Set.copyOf(labels);
        }
    }

    /** Reads a configuration directory; what is not there is left out. */
    public static Outline read(Path dir) {
        Report unread = new Report();
        Map<String, Set<String>> groups = new HashMap<>();
        UsersFile.read(dir, unread).forEach((name, user) -> groups.put(name, user.groups()));
        Map<String, Place> connections = new HashMap<>();
        for (Path file : YamlFiles.in(dir.resolve("connections"), unread)) {
            Node root = Files.isReadable(file) ? YamlFile.read(file, unread) : null;
            if (root != null) {
                Section section = Section.of(file, root, unread);
                Optional<Kind> kind = Kinds.find(section.text("kind", ""));
                String name = section.text("name", ConnectionFile.nameOf(file));
                Set<String> labels = section.words("labels");
                String user = section.text("user", "");
                kind.ifPresent(k -> connections.put(name, new Place(k.dialect(), labels, user)));
            }
        }
        return new Outline(groups, connections);
    }
}
