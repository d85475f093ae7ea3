package io.gatehouse.policy.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Optional;

/** Takes a text of YAML apart. */
final class Roots {
    private static final int MAX_ALIASES = 50;

    private Roots() {}

    /** The root of the only document; empty where there is none, which is then a problem. */
    static Optional<Node> of(String yaml, Places places) {
        try {
            LoadSettings settings =
                    LoadSettings.builder()
                            .setAllowDuplicateKeys(true)
                            .setMaxAliasesForCollections(MAX_ALIASES)
                            .build();
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) {
                places.complain(1, 1, "the file is empty");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            places.complain(line, column, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            places.complain(1, 1, "not YAML: " + e.getMessage());
        } catch (StackOverflowError e) {
            // The parser descends into what is nested, without a limit of its own.
            places.complain(1, 1, "nested too deeply");
        }
        return Optional.empty();
    }
}
