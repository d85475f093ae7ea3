package io.gatehouse.policy.yaml;

import io.gatehouse.policy.yaml.PolicyDocument.PlacedRule;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one policy file from its root. */
final class DocumentReader {
    private final String yaml;
    private final Places places;

    DocumentReader(String yaml) {
        this.yaml = yaml;
        this.places = new Places(yaml);
    }

    PolicyDocument read() {
        return Roots.of(yaml, places)
                .map(this::root)
                .orElseGet(() -> new PolicyDocument(List.of(), null, places.complaints()));
    }

    private PolicyDocument root(Node root) {
        Map<String, Node> entries = places.mapping(root, "a policy file", Words.FILE);
        Node version = entries.get("policy");
        if (version == null) {
            places.complain(root, "the key \"policy\" is missing; write \"policy: 1\"");
        } else if (!"1".equals(places.text(version, "policy"))) {
            places.complain(version, "this version reads \"policy: 1\" only");
        }
        Node rules = entries.get("rules");
        List<PlacedRule> read = new ArrayList<>();
        for (Node rule : places.sequence(rules, "rules")) {
            PlacedRule placed = new RuleReader(places).read(rule);
            if (placed != null) {
                read.add(placed);
            }
        }
        Node fallback = entries.get("default");
        @Nullable Boolean allow =
                fallback == null
                        ? null
                        : places.choice(fallback, "default", Words.DEFAULTS).equals("allow");
        return new PolicyDocument(read, allow, places.complaints());
    }
}
