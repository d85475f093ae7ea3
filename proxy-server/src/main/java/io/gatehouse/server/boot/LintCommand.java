package io.gatehouse.server.boot;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.PolicyProblems;
import io.gatehouse.policy.Problem;
import io.gatehouse.server.config.YamlFiles;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Looks for mistakes in policy files. */
@Command(
        name = "lint",
        description = {
            "Names what is wrong in policy files, and rules that cannot do what they were written"
                    + " for:",
            "that never match, or stand in the shadow of another one."
        },
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            defaultValue = "conf/policies",
            description = "A policy file or a folder of them (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of("conf/policies");

    @Option(names = "--json", description = "Says it as JSON.")
    private boolean json;

    LintCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        PolicyOutput output = new PolicyOutput(terminal, json);
        Policy policy;
        try {
            policy = Policy.load(YamlFiles.of(path));
        } catch (PolicyProblems problems) {
            return output.unusable(problems);
        }
        List<Problem> found = policy.lint();
        if (json) {
            output.object(j -> {
                j.writeStringField("policy", policy.version());
                PolicyOutput.problems(j, "problems", found);
            });
        } else if (found.isEmpty()) {
            output.line(
                    "no problems: "
                            + policy.ruleNames().size()
                            + " rules, policy "
                            + policy.version());
        } else {
            found.forEach(problem -> terminal.err().println(problem));
        }
        return found.isEmpty() ? Main.OK : Main.CONFIGURATION;
    }
}
