package io.gatehouse.policy.yaml;

import io.gatehouse.policy.fact.Access;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.policy.rule.Condition;
import io.gatehouse.policy.rule.Duty;
import io.gatehouse.policy.rule.FactName;
import io.gatehouse.policy.rule.Glob;
import io.gatehouse.policy.rule.RelationPattern;
import io.gatehouse.policy.rule.Rule;
import io.gatehouse.policy.yaml.PolicyDocument.PlacedRule;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one rule. */
final class RuleReader {
    private static final Set<String> KEYS =
            keys(
                    "name",
                    "match",
                    "unless",
                    "decide",
                    "reason",
                    "way-forward",
                    "mode",
                    "max-rows",
                    "timeout",
                    "read-only",
                    "rate");
    private static final Set<String> CONDITION_KEYS =
            keys(
                    "users",
                    "groups",
                    "connections",
                    "verbs",
                    "relations",
                    "access",
                    "functions",
                    "facts");
    private static final Set<String> RATE_KEYS = keys("statements", "per", "scope");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final Places places;

    RuleReader(Places places) {
        this.places = places;
    }

    private static Set<String> keys(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }

    @Nullable PlacedRule read(Node node) {
        Map<String, Node> entries = places.mapping(node, "a rule", KEYS);
        Node nameNode = entries.get("name");
        String name = places.text(nameNode, "name");
        if (nameNode == null) {
            places.complain(node, "the rule has no name");
        } else if (name != null && !NAME.matcher(name).matches()) {
            places.complain(nameNode, "a name is up to 64 of a-z, 0-9 and \"-\"");
        }
        Node unless = entries.get("unless");
        Rule.Verdict verdict = verdict(entries.get("decide"));
        Duty duty = duty(entries);
        String reason = places.text(entries.get("reason"), "reason");
        String wayForward = places.text(entries.get("way-forward"), "way-forward");
        if (verdict == Rule.Verdict.DENY) {
            if (reason == null && !entries.containsKey("reason")) {
                places.complain(node, "a rule that denies needs a reason");
            }
            if (!duty.none()) {
                places.complain(node, "a rule that denies cannot also limit or require");
            }
        }
        if (verdict == Rule.Verdict.NONE && duty.none()) {
            places.complain(node, "the rule does nothing; give it \"decide\" or a limit");
        }
        boolean observes =
                places.choice(entries.get("mode"), "mode", "enforce", "observe").equals("observe");
        Rule rule =
                new Rule(
                        name == null ? "" : name,
                        condition(entries.get("match"), "match"),
                        unless == null ? null : condition(unless, "unless"),
                        verdict,
                        reason == null ? "" : reason,
                        wayForward == null ? "" : wayForward,
                        observes,
                        duty);
        Node place = nameNode == null ? node : nameNode;
        return new PlacedRule(rule, Places.line(place), Places.column(place));
    }

    private Rule.Verdict verdict(@Nullable Node node) {
        if (node == null) {
            return Rule.Verdict.NONE;
        }
        return places.choice(node, "decide", "deny", "allow").equals("allow")
                ? Rule.Verdict.ALLOW
                : Rule.Verdict.DENY;
    }

    private Condition condition(@Nullable Node node, String what) {
        if (node == null) {
            return Condition.ANY;
        }
        Map<String, Node> entries = places.mapping(node, what, CONDITION_KEYS);
        if (entries.isEmpty()) {
            places.complain(node, what + " is empty; leave the key out instead");
        }
        Node access = entries.get("access");
        return new Condition(
                globs(entries, "users"),
                globs(entries, "groups"),
                globs(entries, "connections"),
                verbs(entries.get("verbs")),
                places.texts(entries.get("relations"), "relations").stream()
                        .map(RelationPattern::new)
                        .toList(),
                access == null
                        ? null
                        : places.choice(access, "access", "read", "write").equals("read")
                                ? Access.READ
                                : Access.WRITE,
                globs(entries, "functions"),
                facts(entries.get("facts")));
    }

    private List<Glob> globs(Map<String, Node> entries, String key) {
        return places.texts(entries.get(key), key).stream().map(Glob::new).toList();
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

    private Duty duty(Map<String, Node> entries) {
        return new Duty(
                places.flag(entries.get("read-only"), "read-only"),
                places.count(entries.get("max-rows"), "max-rows"),
                duration(entries.get("timeout"), "timeout"),
                rate(entries.get("rate")));
    }

    private Duty.@Nullable Rate rate(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        Map<String, Node> entries = places.mapping(node, "rate", RATE_KEYS);
        if (!entries.containsKey("statements") || !entries.containsKey("per")) {
            places.complain(node, "rate needs statements and per");
        }
        String scope = places.choice(entries.get("scope"), "scope", "user", "connection", "rule");
        return new Duty.Rate(
                places.count(entries.get("statements"), "statements"),
                duration(entries.get("per"), "per"),
                Duty.Scope.valueOf(scope.toUpperCase(Locale.ROOT)));
    }

    private Duration duration(@Nullable Node node, String what) {
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
        places.complain(node, what + " must be a time such as 500ms, 30s, 5m or 1h");
        return Duration.ZERO;
    }
}
