package io.gatehouse.server.boot;

import io.gatehouse.policy.CaseRun;
import io.gatehouse.policy.Policy;
import io.gatehouse.server.config.YamlFiles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Holds policy files against the cases beside them. */
@Command(
        name = "test",
        description = {
            "Holds policy files against the cases in the folder tests/ beside them,",
            "and names the rules that no case meets."
        },
        mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final PolicyPath policies = new PolicyPath();

    @Option(
            names = "--cases",
            paramLabel = "PATH",
            description =
                    "A file of cases or a folder of them (default: tests/ beside the policy).")
    private @Nullable Path cases;

    @Option(names = "--covered", description = "Rules that no case meets are a failure.")
    private boolean covered;

    PolicyTestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        PolicyOutput output = new PolicyOutput(terminal, policies.json());
        Path from = cases == null ? beside() : cases;
        List<Path> files = Files.exists(from) ? YamlFiles.of(from) : List.of();
        if (files.isEmpty()) {
            throw new BootException("there are no cases: write some into " + from);
        }
        return output.with(
                policies.files(), policy -> tell(policy, CaseRun.of(policy, files), output));
    }

    private int tell(Policy policy, CaseRun run, PolicyOutput output) throws IOException {
        int rules = policy.ruleNames().size();
        if (policies.json()) {
            output.object(j -> {
                j.writeStringField("policy", policy.version());
                j.writeNumberField("cases", run.cases());
                PolicyOutput.problems(j, "failures", run.failures());
                j.writeNumberField("rules", rules);
                PolicyOutput.words(j, "uncovered", run.uncovered());
            });
        } else {
            run.failures().forEach(failure -> terminal.err().println(failure));
            int met = rules - run.uncovered().size();
            output.line(
                    run.cases()
                            + " cases, "
                            + run.failures().size()
                            + " failed; "
                            + met
                            + " of "
                            + rules
                            + " rules met");
            if (!run.uncovered().isEmpty()) {
                output.line("no case meets " + String.join(", ", run.uncovered()));
            }
        }
        boolean well = run.failures().isEmpty() && (!covered || run.uncovered().isEmpty());
        return well ? Main.OK : Main.FAILED;
    }

    private Path beside() {
        Path path = policies.path();
        return Files.isDirectory(path) ? path.resolve("tests") : path.resolveSibling("tests");
    }
}
