package io.gatehouse.policy.yaml;

import io.gatehouse.policy.rule.Rule;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One policy file.
 *
 * @param rules in order
 * @param defaultAllow what happens to what no rule decides; {@code null} if the file does not say
 * @param complaints everything wrong; the rest means nothing unless this is empty
 */
public record PolicyDocument(
        List<PlacedRule> rules, @Nullable Boolean defaultAllow, List<Complaint> complaints) {

    public PolicyDocument {
        rules = List.copyOf(rules);
        complaints = List.copyOf(complaints);
    }

    /** A rule and where its name stands. */
    public record PlacedRule(Rule rule, int line, int column) {}

    /** Reads the text of a file. */
    public static PolicyDocument read(String yaml) {
        return new DocumentReader(yaml).read();
    }
}
