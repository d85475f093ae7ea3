package io.gatehouse.policy.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes typed values out of YAML nodes and notes every problem with its place. */
final class Places {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");

    private final List<Complaint> complaints = new ArrayList<>();
    private final List<String> lines;

    Places(String yaml) {
        this.lines = yaml.lines().toList();
    }

    /** How many blanks a line of the file begins with. */
    int indent(int line) {
        if (line < 1 || line > lines.size()) {
            return 0;
        }
        String text = lines.get(line - 1);
        return text.length() - text.stripLeading().length();
    }

    List<Complaint> complaints() {
        return complaints;
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }

    void complain(Node node, String message) {
        complain(line(node), column(node), message);
    }

    void complain(int line, int column, String message) {
        complaints.add(new Complaint(line, column, message));
    }

    /** The entries of a mapping by key; keys that are not in {@code known} are problems. */
    Map<String, Node> mapping(Node node, String what, Set<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            complain(node, what + " must be a mapping of " + String.join(", ", known));
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                String list = String.join(", ", known);
                complain(keyNode, what + " has no key \"" + key + "\"; it may have " + list);
            } else if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
                complain(keyNode, "key \"" + key + "\" stands twice");
            }
        }
        return entries;
    }

    /** The keys of a mapping, whatever they are. */
    List<String> names(MappingNode mapping) {
        List<String> names = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                names.add(scalar.getValue());
            }
        }
        return names;
    }

    List<Node> sequence(@Nullable Node node, String what) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                complain(node, what + " is an empty list; leave the key out instead");
            }
            return sequence.getValue();
        }
        complain(node, what + " must be a list");
        return List.of();
    }

    /** The text of a scalar, or {@code null} after noting the problem. */
    @Nullable String text(@Nullable Node node, String what) {
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            if (scalar.getValue().isBlank()) {
                complain(node, what + " is empty");
                return null;
            }
            return scalar.getValue();
        }
        complain(node, what + " must be a text");
        return null;
    }

    List<String> texts(@Nullable Node node, String what) {
        List<String> texts = new ArrayList<>();
        for (Node item : sequence(node, what)) {
            String text = text(item, "an item of " + what);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** A whole number of at least 1, or 0 where there is none. */
    long count(@Nullable Node node, String what) {
        if (node == null) {
            return 0;
        }
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                long value = Long.parseLong(scalar.getValue().replace("_", ""));
                if (value >= 1) {
                    return value;
                }
            } catch (NumberFormatException e) {
                complain(node, what + " is not a whole number that fits 64 bits");
                return 0;
            }
        }
        complain(node, what + " must be a whole number of at least 1");
        return 0;
    }

    boolean flag(@Nullable Node node, String what) {
        if (node == null) {
            return false;
        }
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return scalar.getValue().equalsIgnoreCase("true");
        }
        complain(node, what + " must be true or false");
        return false;
    }

    /** One of the given words; the first of them where the key is missing or wrong. */
    String choice(@Nullable Node node, String what, List<String> words) {
        if (node == null) {
            return words.getFirst();
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        for (String word : words) {
            if (word.equals(text)) {
                return word;
            }
        }
        complain(node, what + " must be one of " + String.join(", ", words));
        return words.getFirst();
    }

    /** A time, or zero where there is none. */
    Duration duration(@Nullable Node node, String what) {
        if (node == null) {
            return Duration.ZERO;
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration read =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    };
            if (!read.isZero()) {
                return read;
            }
        }
        complain(node, what + " must be a time such as 500ms, 30s, 5m or 1h");
        return Duration.ZERO;
    }

    /** A number of bytes of at least 1, or 0 where there is none. */
    long bytes(@Nullable Node node, String what) {
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return count(node, what);
        }
        long amount = Long.parseLong(matcher.group(1));
        if (amount == 0) {
            complain(Objects.requireNonNull(node), what + " must be at least 1");
        }
        return amount
                << switch (matcher.group(2)) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    default -> 30;
                };
    }
}
