package io.gatehouse.server.config;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One mapping of a file, read key by key. Whatever is wrong is reported at its place and replaced
 * by the default, so that the rest is checked too. {@link #end} reports the keys that nobody asked
 * for.
 */
final class Section {
    private final Path file;
    private final Report report;
    private final @Nullable Node at;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    private Section(Path file, Report report, @Nullable Node at) {
        this.file = file;
        this.report = report;
        this.at = at;
    }

    /** The section in a node; an empty one where the node is null, nothing, or no mapping. */
    static Section of(Path file, @Nullable Node node, Report report) {
        Section section = new Section(file, report, node);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(section::enter);
        } else if (node != null && !isNull(node)) {
            report.add(file, node, "expected keys with values here");
        }
        return section;
    }

    private void enter(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            report.add(file, tuple.getKeyNode(), "a key must be a word");
            return;
        }
        NodeTuple earlier = entries.putIfAbsent(key.getValue(), tuple);
        if (earlier != null) {
            int line = earlier.getKeyNode().getStartMark().map(m -> m.getLine() + 1).orElse(0);
            report.add(
                    file, key, "duplicate key \"" + key.getValue() + "\", first on line " + line);
        }
    }

    boolean has(String key) {
        return node(key) != null;
    }

    /** Reports at a key's value, or at the section where the key is missing. */
    void problem(String key, String message) {
        NodeTuple tuple = entries.get(key);
        Node place = tuple == null ? at : tuple.getValueNode();
        if (place == null) {
            report.add(file, message);
        } else {
            report.add(file, place, message);
        }
    }

    Section section(String key) {
        return of(file, node(key), report);
    }

    /** Whether the key's value is a single word rather than keys with values. */
    boolean isWord(String key) {
        return node(key) instanceof ScalarNode;
    }

    String text(String key, String otherwise) {
        String value = scalar(key);
        return value == null ? otherwise : value;
    }

    String required(String key) {
        String value = scalar(key);
        if (value == null && node(key) == null) {
            problem(key, "\"" + key + "\" is missing");
        } else if (value != null && value.isBlank()) {
            problem(key, "\"" + key + "\" must not be empty");
        }
        return value == null ? "" : value;
    }

    boolean flag(String key, boolean otherwise) {
        return choice(key, Map.of("true", true, "false", false), otherwise);
    }

    <T> T choice(String key, Map<String, T> choices, T otherwise) {
        String value = scalar(key);
        if (value == null) {
            return otherwise;
        }
        T chosen = choices.get(value);
        if (chosen == null) {
            problem(
                    key,
                    "\""
                            + value
                            + "\" is not one of "
                            + String.join(", ", new TreeSet<>(choices.keySet())));
            return otherwise;
        }
        return chosen;
    }

    int integer(String key, int otherwise, int least, int most) {
        String value = scalar(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            problem(key, "\"" + value + "\" is not a whole number");
            return otherwise;
        }
        problem(key, value + " is out of range: " + least + " to " + most);
        return otherwise;
    }

    Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        String value = scalar(key);
        if (value == null) {
            return otherwise;
        }
        Duration duration = Quantity.duration(value);
        if (duration == null) {
            problem(key, "\"" + value + "\" is not a duration; write 500ms, 30s, 5m, 1h or 2d");
            return otherwise;
        }
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            String range = Quantity.text(least) + " to " + Quantity.text(most);
            problem(key, value + " is out of range: " + range);
            return otherwise;
        }
        return duration;
    }

    long size(String key, long otherwise, long least, long most) {
        String value = scalar(key);
        if (value == null) {
            return otherwise;
        }
        long bytes = Quantity.bytes(value);
        if (bytes < 0) {
            problem(key, "\"" + value + "\" is not a size; write 512, 10KiB, 16MiB or 1GiB");
            return otherwise;
        }
        if (bytes < least || bytes > most) {
            problem(key, value + " is out of range: " + least + " to " + most + " bytes");
            return otherwise;
        }
        return bytes;
    }

    /** A list of mappings; empty where there is none. */
    List<Section> sections(String key) {
        Node node = node(key);
        if (node == null || isNull(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            report.add(file, node, "\"" + key + "\" must be a list: - ...");
            return List.of();
        }
        return sequence.getValue().stream().map(item -> of(file, item, report)).toList();
    }

    Set<String> words(String key) {
        Node node = node(key);
        if (node == null || isNull(node)) {
            return Set.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            report.add(file, node, "\"" + key + "\" must be a list: [a, b]");
            return Set.of();
        }
        Set<String> words = new LinkedHashSet<>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof ScalarNode word) || isNull(item) || word.getValue().isBlank()) {
                report.add(file, item, "expected a word here");
            } else if (!words.add(word.getValue())) {
                report.add(file, item, "\"" + word.getValue() + "\" is named twice");
            }
        }
        return Collections.unmodifiableSet(words);
    }

    /** A mapping with free keys and single values. */
    Map<String, String> free(String key) {
        Section inner = section(key);
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : inner.entries.keySet()) {
            String value = inner.scalar(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** Reports every key that was never asked for. */
    void end() {
        entries.forEach((key, tuple) -> {
            if (!known.contains(key)) {
                List<String> keys = new ArrayList<>(known);
                report.add(
                        file,
                        tuple.getKeyNode(),
                        "unknown key \"" + key + "\"; known here: " + String.join(", ", keys));
            }
        });
    }

    private @Nullable String scalar(String key) {
        Node node = node(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            report.add(file, node, "\"" + key + "\" must be a single value");
            return null;
        }
        if (isNull(node)) {
            report.add(file, node, "\"" + key + "\" has no value");
            return null;
        }
        return scalar.getValue();
    }

    private @Nullable Node node(String key) {
        known.add(key);
        NodeTuple tuple = entries.get(key);
        return tuple == null ? null : tuple.getValueNode();
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
