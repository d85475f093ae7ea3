package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.rule.Quota;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What has to be confirmed or approved, and how that combines with the rest. */
class HoldTest {
    private static final String RULES =
            """
            policy: 1
            default: allow
            rules:
              - name: sure
                match: {verbs: [delete]}
                decide: confirm
                reason: rows go away
                valid-for: 2m
                max-rows: 10
              - name: four-eyes
                match: {facts: [ddl]}
                decide: approve
                reason: structure changes
                approvers: {groups: [dba], users: [root]}
              - name: careful
                match: {verbs: [drop]}
                decide: confirm
                reason: no way back
              - name: no-truncate
                match: {verbs: [truncate]}
                decide: deny
                reason: never
            """;

    private static Decision decide(String rules, String sql) throws Exception {
        Question question = new Question("ann", Set.of(), "shop", Dialect.POSTGRESQL, false, sql);
        return Policy.parse("p", rules).decide(question);
    }

    @Test
    void holdsWithTheTermsAndTheObligations() throws Exception {
        Decision.Hold hold = (Decision.Hold) decide(RULES, "delete from t where a = 1");
        assertThat(hold.demands()).hasSize(1);
        Demand demand = hold.demands().getFirst();
        assertThat(demand.kind()).isEqualTo(Demand.Kind.CONFIRM);
        assertThat(demand.rule()).isEqualTo("sure");
        assertThat(demand.terms().validFor()).isEqualTo(Duration.ofMinutes(2));
        assertThat(hold.then().obligations().maxRows()).isEqualTo(10);
    }

    @Test
    void approvalComesBeforeConfirmation() throws Exception {
        Decision.Hold hold = (Decision.Hold) decide(RULES, "drop table t");
        assertThat(hold.demands()).extracting(Demand::rule).containsExactly("four-eyes", "careful");
        assertThat(hold.rule()).isEqualTo("four-eyes");
        Demand approve = hold.demands().getFirst();
        assertThat(approve.terms().validFor()).isEqualTo(Duration.ofHours(1));
        assertThat(approve.terms().mayApprove("eve", Set.of("dba"))).isTrue();
        assertThat(approve.terms().mayApprove("root", Set.of())).isTrue();
        assertThat(approve.terms().mayApprove("eve", Set.of("staff"))).isFalse();
    }

    @Test
    void denyWinsOverBoth() throws Exception {
        assertThat(decide(RULES, "truncate t")).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void confirmingAllowsNothing() throws Exception {
        String strict = RULES.replace("default: allow", "default: deny");
        assertThat(decide(strict, "delete from t where a = 1").rule()).isEqualTo("default");
        assertThat(decide(RULES, "delete from t where '").rule()).isEqualTo("not-understood");
    }

    @Test
    void limitsAreCountedForEachGroupThatTheRuleNames() throws Exception {
        String rules =
                """
                policy: 1
                default: allow
                rules:
                  - name: cap
                    match: {groups: ["team-*"]}
                    rate: {statements: 5, rows: 100, bytes: 1MiB, per: 1m, scope: group}
                    concurrent: {statements: 2, scope: connection}
                """;
        Question question =
                new Question(
                        "ann",
                        Set.of("staff", "team-b", "team-a"),
                        "shop",
                        Dialect.POSTGRESQL,
                        false,
                        "select 1");
        Decision.Allow allow = (Decision.Allow) Policy.parse("p", rules).decide(question);
        List<RateLimit> rates = allow.obligations().rates();
        assertThat(rates)
                .extracting(r -> r.quota().measure() + " " + r.group())
                .containsExactly(
                        "STATEMENTS team-a",
                        "STATEMENTS team-b",
                        "ROWS team-a",
                        "ROWS team-b",
                        "BYTES team-a",
                        "BYTES team-b",
                        "CONCURRENT ");
        assertThat(rates.get(4).quota())
                .isEqualTo(
                        new Quota(
                                Quota.Measure.BYTES,
                                1 << 20,
                                Duration.ofMinutes(1),
                                Quota.Scope.GROUP));
    }
}
