package io.gatehouse.policy.yaml;

import io.gatehouse.policy.rule.Algorithm;
import io.gatehouse.policy.rule.ColumnPattern;
import io.gatehouse.policy.rule.Glob;
import io.gatehouse.policy.rule.Masking;
import io.gatehouse.policy.rule.RelationPattern;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads which columns a rule masks. */
final class MaskReader {
    private static final int HASH_LENGTH = 32;
    private static final int SHORTEST_HASH = 8;
    private static final int LONGEST_HASH = 64;
    private static final int MOST_SHOWN = 64;

    private final Places places;

    MaskReader(Places places) {
        this.places = places;
    }

    @Nullable Masking read(Map<String, Node> entries) {
        Node masks = entries.get("masks");
        if (masks == null) {
            for (String key : List.of("unproven", "conditions", "clean")) {
                Node node = entries.get(key);
                if (node != null) {
                    places.complain(node, key + " belongs to masks");
                }
            }
            return null;
        }
        List<Masking.Mask> read = new ArrayList<>();
        for (Node item : places.sequence(masks, "masks")) {
            mask(item, read);
        }
        Node clean = entries.get("clean");
        Map<String, Node> free =
                clean == null ? Map.of() : places.mapping(clean, "clean", Words.CLEAN);
        if (clean != null && free.isEmpty()) {
            places.complain(clean, "clean needs relations or functions");
        }
        return new Masking(
                read,
                places.texts(free.get("relations"), "relations").stream()
                        .map(RelationPattern::new)
                        .toList(),
                places.texts(free.get("functions"), "functions").stream().map(Glob::new).toList(),
                places.choice(entries.get("unproven"), "unproven", Words.UNPROVEN).equals("refuse"),
                places.choice(entries.get("conditions"), "conditions", Words.ON_CONDITIONS)
                        .equals("refuse"));
    }

    private void mask(Node node, List<Masking.Mask> into) {
        Map<String, Node> entries = places.mapping(node, "a mask", Words.MASK);
        if (!entries.containsKey("columns") || !entries.containsKey("with")) {
            places.complain(node, "a mask needs columns and with");
        }
        Algorithm algorithm = algorithm(entries);
        for (Node item : places.sequence(entries.get("columns"), "columns")) {
            String column = places.text(item, "an item of columns");
            if (column == null) {
                continue;
            }
            if (column.startsWith(".") || column.endsWith(".") || column.endsWith(".*")) {
                places.complain(
                        item, "a masked column is written table.column or schema.table.column");
            }
            into.add(new Masking.Mask(new ColumnPattern(column), algorithm));
        }
    }

    private Algorithm algorithm(Map<String, Node> entries) {
        String with = places.choice(entries.get("with"), "with", Words.ALGORITHMS);
        Set<String> options =
                switch (with) {
                    case "constant" -> Set.of("value");
                    case "partial" -> Set.of("first", "last");
                    case "hash" -> Set.of("length");
                    case "truncate" -> Set.of("to");
                    default -> Set.of();
                };
        entries.forEach((key, value) -> {
            if (!key.equals("columns") && !key.equals("with") && !options.contains(key)) {
                places.complain(value, key + " does not belong to \"with: " + with + "\"");
            }
        });
        return switch (with) {
            case "constant" -> new Algorithm.Constant(constant(entries.get("value")));
            case "partial" ->
                    new Algorithm.Partial(
                            number(entries.get("first"), "first", 0, MOST_SHOWN, 0),
                            number(entries.get("last"), "last", 0, MOST_SHOWN, 0));
            case "hash" ->
                    new Algorithm.Hash(
                            number(
                                    entries.get("length"),
                                    "length",
                                    SHORTEST_HASH,
                                    LONGEST_HASH,
                                    HASH_LENGTH));
            case "truncate" -> {
                String to = places.choice(entries.get("to"), "to", Words.UNITS);
                yield new Algorithm.Truncate(Algorithm.Unit.valueOf(to.toUpperCase(Locale.ROOT)));
            }
            default -> Algorithm.NOTHING;
        };
    }

    private String constant(@Nullable Node node) {
        String text = places.text(node, "value");
        return text == null ? "" : text;
    }

    private int number(@Nullable Node node, String what, int least, int most, int usual) {
        if (node == null) {
            return usual;
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (text.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        places.complain(node, what + " must be a number from " + least + " to " + most);
        return usual;
    }
}
