package io.gatehouse.server.boot;

import com.fasterxml.jackson.core.JsonGenerator;

import io.gatehouse.policy.Policy;
import io.gatehouse.server.config.YamlFiles;
import io.gatehouse.server.traffic.Replay;
import io.gatehouse.server.traffic.Span;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Tells what a policy would have changed in recorded traffic. */
@Command(
        name = "replay",
        description = {
            "Tells what a policy would have decided otherwise in recorded traffic, by fingerprint,",
            "and what of it cannot be judged again.",
            "Exit status: 0 nothing changes, 4 something does, 5 not all could be judged."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private final AuditPath audit = new AuditPath();

    @Option(
            names = "--policies",
            paramLabel = "PATH",
            defaultValue = "conf/policies",
            description = "A policy file or a folder of them (default: ${DEFAULT-VALUE}).")
    private Path policies = Path.of("conf/policies");

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many changes are named (default: ${DEFAULT-VALUE}).")
    private int most;

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        PolicyOutput output = new PolicyOutput(terminal, audit.json());
        return output.with(YamlFiles.of(policies), policy -> replay(policy, output));
    }

    private int replay(Policy policy, PolicyOutput output) throws IOException {
        Replay replay = new Replay(policy, Math.max(1, most));
        audit.files().read(replay);
        if (audit.json()) {
            output.object(j -> write(j, policy, replay));
        } else {
            replay.bad().forEach(bad -> terminal.err().println(bad));
            replay.changes().forEach(changed -> tell(output, changed));
            sum(output, replay);
        }
        return status(replay);
    }

    static int status(Replay replay) {
        if (replay.otherwise() > 0) {
            return Main.CHANGED;
        }
        boolean all = replay.lost().isEmpty() && replay.badLines() == 0;
        return all ? Main.OK : Main.PARTLY;
    }

    private static void tell(PolicyOutput output, Replay.Changed changed) {
        Replay.Change change = changed.change();
        output.line(
                told(change.was())
                        + " -> "
                        + told(change.now())
                        + ": "
                        + count(changed.span().count(), "statement")
                        + " of "
                        + change.fingerprint()
                        + " on "
                        + change.connection()
                        + " by "
                        + users(changed.span())
                        + ", "
                        + changed.span().first()
                        + " to "
                        + changed.span().last());
        output.line("    " + change.statement());
    }

    private static String told(Replay.Outcome outcome) {
        return outcome.verdict() + " by " + outcome.rule();
    }

    private static String users(Span span) {
        return String.join(", ", span.users()) + (span.more() ? " and others" : "");
    }

    static void sum(PolicyOutput output, Replay replay) {
        long judged = replay.alike() + replay.otherRule() + replay.otherwise();
        output.line(
                count(judged, "statement")
                        + " judged: "
                        + number(replay.otherwise())
                        + " otherwise, "
                        + number(replay.otherRule())
                        + " alike by another rule, "
                        + number(replay.alike())
                        + " alike");
        if (replay.unnamed() > 0) {
            output.line("not named above: " + count(replay.unnamed(), "statement"));
        }
        for (Map.Entry<String, Long> lost : replay.lost().entrySet()) {
            output.line(
                    "not judged: " + count(lost.getValue(), "statement") + ": " + lost.getKey());
        }
        if (replay.limited() > 0) {
            output.line(
                    "not judged: "
                            + count(replay.limited(), "statement")
                            + ": refused because a limit was used up, which depends on the load");
        }
        if (replay.badLines() > 0) {
            output.line("no audit records: " + count(replay.badLines(), "line"));
        }
    }

    private static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void write(JsonGenerator json, Policy policy, Replay replay) throws IOException {
        json.writeStringField("policy", policy.version());
        json.writeNumberField("alike", replay.alike());
        json.writeNumberField("otherRule", replay.otherRule());
        json.writeNumberField("otherwise", replay.otherwise());
        json.writeArrayFieldStart("changes");
        for (Replay.Changed changed : replay.changes()) {
            write(json, changed);
        }
        json.writeEndArray();
        json.writeNumberField("unnamed", replay.unnamed());
        json.writeObjectFieldStart("notJudged");
        for (Map.Entry<String, Long> lost : replay.lost().entrySet()) {
            json.writeNumberField(lost.getKey(), lost.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("limited", replay.limited());
        json.writeNumberField("approversDecisions", replay.decisions());
        json.writeNumberField("badLines", replay.badLines());
        PolicyOutput.words(json, "bad", replay.bad());
    }

    private static void write(JsonGenerator json, Replay.Changed changed) throws IOException {
        Replay.Change change = changed.change();
        json.writeStartObject();
        json.writeStringField("connection", change.connection());
        json.writeStringField("fingerprint", change.fingerprint());
        json.writeStringField("statement", change.statement());
        outcome(json, "was", change.was());
        outcome(json, "now", change.now());
        json.writeNumberField("count", changed.span().count());
        PolicyOutput.words(json, "users", changed.span().users());
        json.writeBooleanField("moreUsers", changed.span().more());
        json.writeStringField("first", changed.span().first().toString());
        json.writeStringField("last", changed.span().last().toString());
        json.writeEndObject();
    }

    private static void outcome(JsonGenerator json, String name, Replay.Outcome outcome)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("verdict", outcome.verdict());
        json.writeStringField("rule", outcome.rule());
        json.writeEndObject();
    }
}
