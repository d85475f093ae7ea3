package io.gatehouse.policy.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes typed values out of YAML nodes and notes every problem with its place. */
final class Places {
    private final List<Complaint> complaints = new ArrayList<>();

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
        complaints.add(new Complaint(line(node), column(node), message));
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
    String choice(@Nullable Node node, String what, String... words) {
        if (node == null) {
            return words[0];
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        for (String word : words) {
            if (word.equals(text)) {
                return word;
            }
        }
        complain(node, what + " must be one of " + String.join(", ", words));
        return words[0];
    }
}
