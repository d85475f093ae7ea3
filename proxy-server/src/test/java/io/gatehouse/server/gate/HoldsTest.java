package io.gatehouse.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.secret.SigningKey;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Confirmations, approvals and limits, at the gate itself and by a clock of the test's. */
final class HoldsTest {
    private static final String RULES =
            """
            policy: 1
            default: allow
            rules:
              - name: sure
                match: {verbs: [delete]}
                decide: confirm
                reason: rows go away
                way-forward: update them instead
                valid-for: 2m
              - name: four-eyes
                match: {facts: [ddl]}
                decide: approve
                reason: structure changes
                approvers: {groups: [dba]}
                valid-for: 10m
              - name: few
                match: {verbs: [values]}
                concurrent: {statements: 2}
              - name: rows
                match: {verbs: [show]}
                rate: {rows: 10, per: 1h, scope: connection}
            """;

    private Instant now = Instant.parse("2026-01-05T12:00:00Z");
    private final Approvals approvals = new Approvals(20, () -> now);
    private final Gate gate = gate(SigningKey.random());

    private Gate gate(SigningKey key) {
        try {
            Policy policy = Policy.parse("p", RULES);
            return new Gate(
                    () -> policy, 10, new Holds(key::sign, () -> now, approvals), () -> now);
        } catch (io.gatehouse.policy.PolicyProblems e) {
            throw new AssertionError(e);
        }
    }

    private static Asking as(String user, String connection) {
        return new Asking(
                new Asker(user, Set.of(), "", "127.0.0.1", "test", "driver", connection, Set.of()),
                Dialect.POSTGRESQL,
                SearchPath.UNKNOWN);
    }

    private Fault refusal(String user, String sql) {
        Verdict verdict = gate.decide(as(user, "shop"), sql);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).fault();
    }

    private boolean passes(String user, String sql) {
        return gate.decide(as(user, "shop"), sql) instanceof Verdict.Granted;
    }

    private static String token(Fault fault) {
        Matcher matcher = Pattern.compile("/\\* confirm:(\\S+) \\*/").matcher(fault.hint());
        assertThat(matcher.find()).as(fault.hint()).isTrue();
        return matcher.group();
    }

    @Test
    void aConfirmedStatementPassesForItsTimeAndNoOther() {
        String sql = "delete from t where a = 1";
        Fault fault = refusal("ann", sql);
        assertThat(fault.sqlState()).isEqualTo("42501");
        assertThat(fault.message())
                .isEqualTo("policy rule \"sure\" asks you to confirm: rows go away");
        assertThat(fault.hint()).contains("within 120 s").contains("update them instead");
        String token = token(fault);
        assertThat(passes("ann", token + " " + sql)).isTrue();
        assertThat(passes("ann", token + "\n" + sql + "\n")).isTrue();
        assertThat(passes("ann", "  " + token + sql)).isTrue();
        assertThat(passes("ann", token + " delete from t where a = 2")).isFalse();
        assertThat(passes("ann", token + " delete from t where a = 1 or true")).isFalse();
        assertThat(passes("bob", token + " " + sql)).isFalse();
        assertThat(gate.decide(as("ann", "other"), token + sql))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(passes("ann", sql + " " + token)).isFalse();
        assertThat(passes("ann", token.replace("confirm:", "confirm:0") + sql)).isFalse();
        assertThat(passes("ann", "/* confirm:- */" + sql)).isFalse();
        assertThat(gate(SigningKey.random()).decide(as("ann", "shop"), token + sql))
                .isInstanceOf(Verdict.Refused.class);
        now = now.plus(Duration.ofSeconds(121));
        assertThat(passes("ann", token + " " + sql)).isFalse();
    }

    @Test
    void whatWasAgreedToHoldsForTheTablesThatWereMeant() {
        String sql = "delete from t where a = 1";
        String token = token(refusal("ann", sql));
        Asking ann = as("ann", "shop");
        Asking elsewhere = new Asking(ann.asker(), ann.dialect(), new SearchPath(List.of("other")));
        assertThat(gate.decide(elsewhere, token + sql)).isInstanceOf(Verdict.Refused.class);
        gate.decide(ann, "drop table t");
        String id = approvals.all().getLast().id();
        approvals.decide(id, "eve", Set.of("dba"), true);
        assertThat(passes("ann", "drop table t")).isTrue();
        assertThat(gate.decide(elsewhere, "drop table t")).isInstanceOf(Verdict.Refused.class);
        assertThat(approvals.all().getLast().path()).containsExactly("other");
    }

    @Test
    void aLaterTimeCannotBeWrittenIntoAToken() {
        String sql = "delete from t where a = 1";
        String token = token(refusal("ann", sql));
        now = now.plus(Duration.ofHours(1));
        String until = token.substring("/* confirm:".length(), token.indexOf('-'));
        String later = Long.toString(now.plusSeconds(60).getEpochSecond(), 36);
        assertThat(passes("ann", token.replace(until, later) + sql)).isFalse();
    }

    @Test
    void severalStatementsAreHeldAlone() {
        Fault fault = refusal("ann", "delete from t where a = 1; select 1");
        assertThat(fault.hint()).isEqualTo("Send one statement at a time.");
    }

    @Test
    void anApprovedStatementPassesForItsAskerAndTime() {
        String sql = "create table t (a int)";
        Fault fault = refusal("ann", sql);
        assertThat(fault.message()).contains("four-eyes", "structure changes");
        assertThat(refusal("ann", sql)).isEqualTo(fault);
        Approval waiting = approvals.all().getFirst();
        assertThat(approvals.all()).hasSize(1);
        assertThat(fault.hint()).contains(waiting.id());
        assertThat(waiting.statement()).isEqualTo(sql);
        assertThat(waiting.toString()).doesNotContain("(a int)");

        assertThat(approvals.decide(waiting.id(), "ann", Set.of("dba"), true))
                .isInstanceOf(Approvals.Outcome.NotYours.class);
        assertThat(approvals.decide(waiting.id(), "eve", Set.of("staff"), true))
                .isInstanceOf(Approvals.Outcome.NotYours.class);
        assertThat(approvals.decide("nonsense", "eve", Set.of("dba"), true))
                .isInstanceOf(Approvals.Outcome.Unknown.class);
        assertThat(passes("ann", sql)).isFalse();
        assertThat(approvals.decide(waiting.id(), "eve", Set.of("dba"), true))
                .isInstanceOf(Approvals.Outcome.Done.class);
        assertThat(approvals.decide(waiting.id(), "dan", Set.of("dba"), false))
                .isInstanceOf(Approvals.Outcome.TooLate.class);

        Verdict.Granted granted = (Verdict.Granted) gate.decide(as("ann", "shop"), sql);
        assertThat(granted.permitted().approvals()).containsExactly(waiting.id() + " by eve");
        assertThat(passes("ann", "create table t (a text)")).isFalse();
        assertThat(passes("bob", sql)).isFalse();
        now = now.plus(Duration.ofMinutes(11));
        assertThat(passes("ann", sql)).isFalse();
    }

    @Test
    void aRejectedStatementIsRefusedWithTheNameOfWhoSaidSo() {
        String sql = "drop table t";
        refusal("ann", sql);
        approvals.decide(approvals.all().getFirst().id(), "eve", Set.of("dba"), false);
        assertThat(refusal("ann", sql).message()).contains("was rejected by eve");
    }

    @Test
    void whatWaitsIsBounded() {
        for (int i = 0; i < 50; i++) {
            refusal("ann", "create table t" + i + " (a int)");
        }
        assertThat(approvals.all()).hasSize(2);
        assertThat(refusal("ann", "drop table u").sqlState()).isEqualTo("53400");
        refusal("bob", "drop table u");
        assertThat(approvals.all()).hasSize(3);
        String big = "create table t (a int default " + "1+".repeat(10_000) + "1)";
        assertThat(refusal("eve", big).message()).contains("no text above 16384 characters");
    }

    @Test
    void statementsAtOnceAreCountedUntilTheyEnd() {
        Asking ann = as("ann", "shop");
        Verdict.Granted first = (Verdict.Granted) gate.decide(ann, "values (1)");
        Verdict.Granted second = (Verdict.Granted) gate.decide(ann, "values (1)");
        Fault fault = refusal("ann", "values (1)");
        assertThat(fault.sqlState()).isEqualTo("53400");
        assertThat(fault.message()).contains("\"few\" lets 2 statements run at once");
        assertThat(passes("bob", "values (1)")).isTrue();
        assertThat(gate.foresee(ann, "values (1)")).isInstanceOf(Verdict.Granted.class);
        first.permitted().settle(0, 0);
        first.permitted().settle(0, 0);
        assertThat(passes("ann", "values (1)")).isTrue();
        assertThat(passes("ann", "values (1)")).isFalse();
        second.permitted().settle(0, 0);
        assertThat(passes("ann", "values (1)")).isTrue();
    }

    @Test
    void rowsArePaidForAfterwards() {
        Asking ann = as("ann", "shop");
        Verdict.Granted first = (Verdict.Granted) gate.decide(ann, "show all");
        first.permitted().settle(25, 1000);
        Fault fault = refusal("bob", "show all");
        assertThat(fault.message())
                .isEqualTo("too many rows: limit of policy rule \"rows\" reached");
        assertThat(fault.hint()).startsWith("Try again in ");
        assertThat(gate.decide(as("ann", "other"), "show all")).isInstanceOf(Verdict.Granted.class);
        assertThat(List.of(fault.sqlState())).containsExactly("53400");
    }
}
