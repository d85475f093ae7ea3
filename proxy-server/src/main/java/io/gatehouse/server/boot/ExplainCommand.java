package io.gatehouse.server.boot;

import io.gatehouse.policy.Explanation;
import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Question;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.config.Outline;
import io.gatehouse.server.config.YamlFiles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Tells what a policy says of a statement, and why. */
@Command(
        name = "explain",
        description = {
            "Tells what a statement does, what the policy says of it, and for every rule",
            "whether it matched or what it did not meet first.",
            "Groups, kind and labels come from the configuration unless given here."
        },
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SQL", description = "The statement.")
    private String sql = "";

    @Option(names = "--as", required = true, paramLabel = "USER", description = "Who asks.")
    private String user = "";

    @Option(
            names = "--on",
            required = true,
            paramLabel = "CONNECTION",
            description = "For which logical connection.")
    private String connection = "";

    @Mixin private final ConfPath conf = new ConfPath();

    @Option(
            names = "--policy",
            paramLabel = "PATH",
            description = "A policy file or a folder of them (default: policies/ in it).")
    private @Nullable Path policies;

    @Option(names = "--dialect", description = "One of: ${COMPLETION-CANDIDATES}.")
    private @Nullable Dialect dialect;

    @Option(names = "--group", paramLabel = "GROUP", description = "A group of the user.")
    private List<String> groups = List.of();

    @Option(names = "--label", paramLabel = "LABEL", description = "A label of the connection.")
    private List<String> labels = List.of();

    @Option(names = "--role", description = "The role at the database.")
    private String role = "";

    @Option(names = "--address", description = "From where.")
    private String address = "";

    @Option(names = "--application", description = "What the client calls itself.")
    private String application = "";

    @Option(names = "--door", description = "driver or postgresql.")
    private String door = "";

    @Option(
            names = "--search-path",
            split = ",",
            paramLabel = "SCHEMA",
            description = "Where tables without a schema are.")
    private List<String> path = List.of();

    @Option(names = "--at", paramLabel = "TIME", description = "When, as 2026-01-05T10:00:00Z.")
    private @Nullable Instant at;

    @Option(names = "--json", description = "Says it as JSON.")
    private boolean json;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        PolicyOutput output = new PolicyOutput(terminal, json);
        Path from = policies == null ? conf.path().resolve("policies") : policies;
        return output.with(YamlFiles.of(from), policy -> explain(policy, output));
    }

    private int explain(Policy policy, PolicyOutput output) throws IOException {
        Explanation told = policy.explain(question());
        ExplanationText text = new ExplanationText(told, policy.version());
        if (json) {
            output.object(text::write);
        } else {
            text.lines().forEach(output::line);
        }
        return Main.OK;
    }

    private Question question() {
        Outline known = Outline.read(conf.path());
        Outline.Place place = known.connections().get(connection);
        Set<String> ofUser = known.groups().getOrDefault(user, Set.of());
        Set<String> ofPlace = place == null ? Set.of() : place.labels();
        String own = place == null ? "" : place.user();
        Dialect theirs = place == null ? Dialect.POSTGRESQL : place.dialect();
        Asker asker =
                new Asker(
                        user,
                        groups.isEmpty() ? ofUser : new HashSet<>(groups),
                        role.isEmpty() ? own : role,
                        address,
                        application,
                        door,
                        connection,
                        labels.isEmpty() ? ofPlace : new HashSet<>(labels));
        return new Question(
                asker,
                dialect == null ? theirs : dialect,
                new SearchPath(path),
                false,
                at == null ? InstantSource.system() : InstantSource.fixed(at),
                sql);
    }
}
