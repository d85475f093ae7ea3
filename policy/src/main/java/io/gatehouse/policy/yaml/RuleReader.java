package io.gatehouse.policy.yaml;

import io.gatehouse.policy.rule.Duty;
import io.gatehouse.policy.rule.Glob;
import io.gatehouse.policy.rule.Rule;
import io.gatehouse.policy.rule.Terms;
import io.gatehouse.policy.yaml.PolicyDocument.PlacedRule;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one rule. */
final class RuleReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Duration CONFIRMED_FOR = Duration.ofMinutes(5);
    private static final Duration APPROVED_FOR = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Places places;

    RuleReader(Places places) {
        this.places = places;
    }

    @Nullable PlacedRule read(Node node) {
        Map<String, Node> entries = places.mapping(node, "a rule", Words.RULE);
        Node nameNode = entries.get("name");
        String name = places.text(nameNode, "name");
        if (nameNode == null) {
            places.complain(node, "the rule has no name");
        } else if (name != null && !NAME.matcher(name).matches()) {
            places.complain(nameNode, "a name is up to 64 of a-z, 0-9 and \"-\"");
        }
        Node unless = entries.get("unless");
        Rule.Verdict verdict = verdict(entries.get("decide"));
        Duty duty = new LimitReader(places).read(entries);
        String reason = places.text(entries.get("reason"), "reason");
        String wayForward = places.text(entries.get("way-forward"), "way-forward");
        checked(node, verdict, duty, entries);
        masked(node, verdict, duty, entries);
        boolean observes =
                places.choice(entries.get("mode"), "mode", Words.MODES).equals("observe");
        ConditionReader conditions = new ConditionReader(places);
        Rule rule =
                new Rule(
                        name == null ? "" : name,
                        conditions.read(entries.get("match"), "match"),
                        unless == null ? null : conditions.read(unless, "unless"),
                        verdict,
                        reason == null ? "" : reason,
                        wayForward == null ? "" : wayForward,
                        observes,
                        duty,
                        terms(node, verdict, entries));
        Node place = nameNode == null ? node : nameNode;
        return new PlacedRule(rule, Places.line(place), Places.column(place));
    }

    private Rule.Verdict verdict(@Nullable Node node) {
        if (node == null) {
            return Rule.Verdict.NONE;
        }
        String word = places.choice(node, "decide", Words.DECISIONS);
        return Rule.Verdict.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** What belongs together, and what does not. */
    private void checked(Node node, Rule.Verdict verdict, Duty duty, Map<String, Node> entries) {
        String deed =
                switch (verdict) {
                    case DENY -> "denies";
                    case CONFIRM -> "asks to confirm";
                    case APPROVE -> "asks for approval";
                    case ALLOW, NONE -> "";
                };
        if (!deed.isEmpty() && !entries.containsKey("reason")) {
            places.complain(node, "a rule that " + deed + " needs a reason");
        }
        if (verdict == Rule.Verdict.DENY && !duty.none()) {
            places.complain(node, "a rule that denies cannot also limit or require");
        }
        if (verdict == Rule.Verdict.NONE && duty.none()) {
            places.complain(node, "the rule does nothing; give it \"decide\" or a limit");
        }
    }

    /** Masks hold whatever a statement names: what it does not name may be read all the same. */
    private void masked(Node node, Rule.Verdict verdict, Duty duty, Map<String, Node> entries) {
        if (duty.masking() == null) {
            return;
        }
        if (verdict != Rule.Verdict.NONE && verdict != Rule.Verdict.DENY) {
            places.complain(
                    node,
                    "masks stand in a rule of their own, without \"decide\": so they hold whatever"
                            + " rule allows the statement");
        }
        for (String key : List.of("match", "unless")) {
            if (entries.get(key) instanceof MappingNode condition) {
                places.names(condition).stream()
                        .filter(Words.ABOUT_STATEMENT::contains)
                        .findFirst()
                        .ifPresent(about ->
                                places.complain(
                                        condition,
                                        "masks hold for people and connections; leave \""
                                                + about
                                                + "\" out"));
            }
        }
    }

    private @Nullable Terms terms(Node node, Rule.Verdict verdict, Map<String, Node> entries) {
        Node approvers = entries.get("approvers");
        Node validFor = entries.get("valid-for");
        boolean approve = verdict == Rule.Verdict.APPROVE;
        boolean holds = approve || verdict == Rule.Verdict.CONFIRM;
        if (approvers != null && !approve) {
            places.complain(approvers, "approvers belong to \"decide: approve\" only");
        }
        if (approve && approvers == null) {
            places.complain(node, "a rule that asks for approval needs approvers");
        }
        if (validFor != null && !holds) {
            places.complain(validFor, "valid-for belongs to confirm and approve only");
        }
        if (!holds) {
            return null;
        }
        Duration time = places.duration(validFor, "valid-for");
        if (time.compareTo(LONGEST) > 0) {
            places.complain(validFor == null ? node : validFor, "valid-for is 168h at most");
        }
        Duration usual = approve ? APPROVED_FOR : CONFIRMED_FOR;
        Map<String, Node> who =
                approvers == null
                        ? Map.of()
                        : places.mapping(approvers, "approvers", Words.APPROVERS);
        if (approvers != null && who.isEmpty()) {
            places.complain(approvers, "approvers needs users or groups");
        }
        return new Terms(time.isZero() ? usual : time, globs(who, "users"), globs(who, "groups"));
    }

    private List<Glob> globs(Map<String, Node> entries, String key) {
        return places.texts(entries.get(key), key).stream().map(Glob::new).toList();
    }
}
