package io.gatehouse.policy.yaml;

import io.gatehouse.policy.yaml.PolicyDocument.PlacedRule;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one file from its root. */
final class DocumentReader {
    private static final Set<String> KEYS =
            new LinkedHashSet<>(List.of("policy", "default", "rules"));
    private static final int MAX_ALIASES = 50;

    private final Places places = new Places();

    PolicyDocument read(String yaml) {
        try {
            LoadSettings settings =
                    LoadSettings.builder()
                            .setAllowDuplicateKeys(true)
                            .setMaxAliasesForCollections(MAX_ALIASES)
                            .build();
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) {
                return failed(new Complaint(1, 1, "the file is empty"));
            }
            return root(root.get());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            return failed(new Complaint(line, column, "not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            return failed(new Complaint(1, 1, "not YAML: " + e.getMessage()));
        } catch (StackOverflowError e) {
            // The parser descends into what is nested, without a limit of its own.
            return failed(new Complaint(1, 1, "nested too deeply"));
        }
    }

    private static PolicyDocument failed(Complaint complaint) {
        return new PolicyDocument(List.of(), null, List.of(complaint));
    }

    private PolicyDocument root(Node root) {
        Map<String, Node> entries = places.mapping(root, "a policy file", KEYS);
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
                        : places.choice(fallback, "default", "deny", "allow").equals("allow");
        return new PolicyDocument(read, allow, places.complaints());
    }
}
