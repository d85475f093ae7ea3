package io.gatehouse.server.boot;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Problem;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
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

    @Mixin private final PolicyPath policies = new PolicyPath();

    LintCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        PolicyOutput output = new PolicyOutput(terminal, policies.json());
        return output.with(policies.files(), policy -> lint(policy, output));
    }

    private int lint(Policy policy, PolicyOutput output) throws IOException {
        List<Problem> found = policy.lint();
        if (policies.json()) {
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
