package io.gatehouse.policy.yaml;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.rule.ColumnPattern;
import io.gatehouse.policy.rule.Condition;
import io.gatehouse.policy.rule.Deed;
import io.gatehouse.policy.rule.Expression;
import io.gatehouse.policy.rule.FactName;
import io.gatehouse.policy.rule.Glob;
import io.gatehouse.policy.rule.RelationPattern;
import io.gatehouse.policy.rule.Subnet;
import io.gatehouse.policy.rule.TimeWindow;
import io.gatehouse.policy.rule.Who;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what a rule looks for, or leaves alone. */
final class ConditionReader {
    private final Places places;

    ConditionReader(Places places) {
        this.places = places;
    }

    Condition read(@Nullable Node node, String what) {
        if (node == null) {
            return Condition.ANY;
        }
        Map<String, Node> entries = places.mapping(node, what, Words.CONDITION);
        if (entries.isEmpty()) {
            places.complain(node, what + " is empty; leave the key out instead");
        }
        return new Condition(who(entries), deed(entries), times(entries), when(entries));
    }

    private Who who(Map<String, Node> entries) {
        return new Who(
                globs(entries, "users"),
                globs(entries, "groups"),
                globs(entries, "roles"),
                subnets(entries.get("addresses")),
                globs(entries, "applications"),
                doors(entries.get("doors")),
                globs(entries, "connections"),
                globs(entries, "labels"));
    }

    private Deed deed(Map<String, Node> entries) {
        Node access = entries.get("access");
        return new Deed(
                verbs(entries.get("verbs")),
                places.texts(entries.get("relations"), "relations").stream()
                        .map(RelationPattern::new)
                        .toList(),
                access == null ? null : access(access),
                places.texts(entries.get("columns"), "columns").stream()
                        .map(ColumnPattern::new)
                        .toList(),
                globs(entries, "functions"),
                facts(entries.get("facts")));
    }

    private Access access(Node node) {
        return places.choice(node, "access", Words.ACCESS).equals("read")
                ? Access.READ
                : Access.WRITE;
    }

    private List<Glob> globs(Map<String, Node> entries, String key) {
        return places.texts(entries.get(key), key).stream().map(Glob::new).toList();
    }

    private List<Subnet> subnets(@Nullable Node node) {
        List<Subnet> subnets = new ArrayList<>();
        for (Node item : places.sequence(node, "addresses")) {
            String text = places.text(item, "an item of addresses");
            Subnet subnet = text == null ? null : Subnet.of(text);
            if (subnet != null) {
                subnets.add(subnet);
            } else if (text != null) {
                places.complain(
                        item,
                        "an address is written 10.1.2.3 or fd00::1, and a subnet 10.0.0.0/8, with"
                                + " nothing behind the bits that count");
            }
        }
        return subnets;
    }

    private Set<String> doors(@Nullable Node node) {
        Set<String> doors = new HashSet<>();
        for (Node item : places.sequence(node, "doors")) {
            doors.add(places.choice(item, "an item of doors", Words.DOORS));
        }
        return doors;
    }

    private Set<Verb> verbs(@Nullable Node node) {
        EnumSet<Verb> verbs = EnumSet.noneOf(Verb.class);
        for (Node item : places.sequence(node, "verbs")) {
            String text = places.text(item, "an item of verbs");
            Verb verb = text == null ? null : verb(text);
            if (verb != null) {
                verbs.add(verb);
            } else if (text != null) {
                places.complain(item, "there is no verb \"" + text + "\"");
            }
        }
        return verbs;
    }

    private static @Nullable Verb verb(String text) {
        for (Verb verb : Verb.values()) {
            if (verb.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return verb;
            }
        }
        return null;
    }

    private int facts(@Nullable Node node) {
        int bits = 0;
        for (Node item : places.sequence(node, "facts")) {
            String text = places.text(item, "an item of facts");
            FactName fact = text == null ? null : FactName.of(text);
            if (fact != null) {
                bits |= fact.bit();
            } else if (text != null) {
                List<String> known = new ArrayList<>();
                for (FactName each : FactName.values()) {
                    known.add(each.key());
                }
                String list = String.join(", ", known);
                places.complain(item, "there is no fact \"" + text + "\"; there are " + list);
            }
        }
        return bits;
    }

    private List<TimeWindow> times(Map<String, Node> entries) {
        List<TimeWindow> windows = new ArrayList<>();
        for (Node item : places.sequence(entries.get("times"), "times")) {
            TimeWindow window = new TimeReader(places).read(item);
            if (window != null) {
                windows.add(window);
            }
        }
        return windows;
    }

    private @Nullable Expression when(Map<String, Node> entries) {
        Node node = entries.get("when");
        return node == null ? null : new ExpressionReader(places).read(node);
    }
}
