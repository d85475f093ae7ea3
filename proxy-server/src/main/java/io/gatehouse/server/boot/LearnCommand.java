package io.gatehouse.server.boot;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Problem;
import io.gatehouse.server.traffic.AuditFiles;
import io.gatehouse.server.traffic.Learning;
import io.gatehouse.server.traffic.Recorded;
import io.gatehouse.server.traffic.Replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** Proposes a policy that allows what was allowed in recorded traffic, and no more. */
@Command(
        name = "learn",
        description = {
            "Proposes a policy that allows what was allowed in recorded traffic, and no more,",
            "for review. It is written to standard output, and then held against the same",
            "records: what it would refuse of them is told on standard error.",
            "Exit status: 0 it allows all of them, 5 not all."
        },
        mixinStandardHelpOptions = true)
final class LearnCommand implements Callable<Integer> {
    private static final String NOTHING_ALLOWED = "policy: 1\n";

    private final Terminal terminal;

    @Mixin private final AuditPath audit = new AuditPath();

    @Option(
            names = "--by",
            paramLabel = "WHO",
            defaultValue = "group",
            description =
                    "group: rules are for groups, and for users who are in none or in several;"
                            + " user: for users (default: ${DEFAULT-VALUE}).")
    private Who by = Who.GROUP;

    /** For whom rules are. */
    enum Who {
        GROUP,
        USER
    }

    LearnCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        AuditFiles files = audit.files();
        Learning learning = new Learning(Policy.parse("-", NOTHING_ALLOWED), by == Who.USER);
        files.read(learning);
        String proposed = learning.policy();
        Policy policy = Policy.parse("proposal", proposed);
        List<Problem> problems = policy.lint();
        Check check = new Check(new Replay(policy, 1));
        files.read(check);
        if (audit.json()) {
            new PolicyOutput(terminal, true)
                    .object(j -> {
                        j.writeStringField("policy", proposed);
                        j.writeNumberField("rules", policy.ruleNames().size());
                        j.writeNumberField("statements", learning.statements());
                        j.writeNumberField("notUnderstood", learning.notUnderstood());
                        j.writeNumberField("held", learning.held());
                        j.writeNumberField("unknown", learning.lost());
                        j.writeNumberField("beyond", learning.beyond());
                        j.writeNumberField("refused", check.replay().otherwise());
                        j.writeNumberField("badLines", check.replay().badLines());
                        PolicyOutput.words(j, "bad", check.replay().bad());
                        PolicyOutput.problems(j, "problems", problems);
                    });
        } else {
            terminal.out().print(proposed);
            terminal.out().flush();
            problems.forEach(problem -> terminal.err().println(problem));
            check.replay().bad().forEach(bad -> terminal.err().println(bad));
            told("not proposed, because nobody knows what they do", learning.notUnderstood());
            told("not proposed, because people had to confirm or approve it", learning.held());
            told("not proposed, because the record does not say enough", learning.lost());
            told("not proposed, because there would be too many rules", learning.beyond());
            told("refused by the proposal", check.replay().otherwise());
            told("lines that are no audit records", check.replay().badLines());
        }
        boolean all =
                learning.held() + learning.lost() + learning.beyond() + check.replay().badLines()
                        == 0;
        return all && check.replay().otherwise() == 0 && problems.isEmpty() ? Main.OK : Main.PARTLY;
    }

    private void told(String what, long count) {
        if (count > 0) {
            terminal.err().println(what + ": " + count);
        }
    }

    /** Holds what was allowed against the proposal. */
    private record Check(Replay replay) implements AuditFiles.Reader {
        @Override
        public void record(Recorded entry) {
            if (entry.allowed() && !entry.held()) {
                replay.record(entry);
            }
        }

        @Override
        public void bad(String place, String why) {
            replay.bad(place, why);
        }
    }
}
