package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.rule.Quota;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;

/** How rules combine. */
class DecisionTest {

    private static Decision decide(String rules, String sql, String... groups) throws Exception {
        Policy policy = Policy.parse("p", "policy: 1\n" + rules);
        return policy.decide(question(sql, groups));
    }

    private static Question question(String sql, String... groups) {
        return new Question("ann", Set.of(groups), "shop", Dialect.POSTGRESQL, false, sql);
    }

    private static String rule(String rules, String sql, String... groups) throws Exception {
        Decision decision = decide(rules, sql, groups);
        return (decision instanceof Decision.Allow ? "allow " : "deny ") + decision.rule();
    }

    @Test
    void whatNoRuleDecidesFollowsTheDefaultWhichIsToDeny() throws Exception {
        assertThat(rule("", "SELECT 1")).isEqualTo("deny default");
        assertThat(rule("default: deny", "SELECT 1")).isEqualTo("deny default");
        assertThat(rule("default: allow", "SELECT 1")).isEqualTo("allow default");
        assertThat(rule("default: allow", "SELECT 'a")).isEqualTo("deny not-understood");
    }

    @Test
    void denyWinsWhereverItStands() throws Exception {
        String rules =
                """
                rules:
                  - {name: all, decide: allow}
                  - {name: no-t, match: {relations: [t]}, decide: deny, reason: r, way-forward: w}
                """;
        assertThat(rule(rules, "SELECT 1")).isEqualTo("allow all");
        assertThat(rule(rules, "SELECT * FROM s.T")).isEqualTo("deny no-t");
        Decision.Deny deny = (Decision.Deny) decide(rules, "SELECT * FROM t");
        assertThat(deny.reason()).isEqualTo("r");
        assertThat(deny.wayForward()).isEqualTo("w");
    }

    @Test
    void anAllowHasToMatchEveryStatement() throws Exception {
        String rules = "rules: [{name: reads, match: {verbs: [select]}, decide: allow}]";
        assertThat(rule(rules, "SELECT 1")).isEqualTo("allow reads");
        assertThat(rule(rules, "SELECT 1; SELECT 2")).isEqualTo("allow reads");
        assertThat(rule(rules, "SELECT 1; DELETE FROM t")).isEqualTo("deny default");
        assertThat(rule(rules, "SELECT 1; SELECT (")).isEqualTo("deny not-understood");
    }

    @Test
    void whatIsNotUnderstoodNeedsARuleThatNamesIt() throws Exception {
        String any = "rules: [{name: a, decide: allow}]";
        String named = "rules: [{name: a, match: {facts: [not-understood]}, decide: allow}]";
        assertThat(rule(any, "FLY")).isEqualTo("deny not-understood");
        assertThat(rule(named, "FLY")).isEqualTo("allow a");
    }

    @Test
    void aReplicaAnswersWhereARuleSaysSoAndNoneSaysOtherwise() throws Exception {
        String rules =
                """
                default: allow
                rules:
                  - {name: reads, match: {access: read}, route: replica}
                  - {name: fresh, match: {relations: [stock]}, route: primary}
                  - {name: seen, match: {relations: [seen]}, route: primary, mode: observe}
                """;
        assertThat(replica(rules, "SELECT * FROM t")).isTrue();
        assertThat(replica(rules, "SELECT * FROM t, stock")).isFalse();
        assertThat(replica(rules, "SELECT * FROM t, seen")).isTrue();
        assertThat(replica("default: allow", "SELECT * FROM t")).isFalse();
    }

    @Test
    void theShortestTimeHoldsForWhichAnAnswerIsKept() throws Exception {
        String rules =
                """
                default: allow
                rules:
                  - {name: long, match: {verbs: [select]}, cache: 5m}
                  - {name: short, match: {relations: [t]}, cache: 30s}
                  - {name: never, match: {relations: [stock]}, cache: never}
                """;
        assertThat(cache(rules, "SELECT * FROM u")).isEqualTo(Duration.ofMinutes(5));
        assertThat(cache(rules, "SELECT * FROM t, u")).isEqualTo(Duration.ofSeconds(30));
        assertThat(cache(rules, "SELECT * FROM t, stock")).isZero();
        assertThat(cache("default: allow", "SELECT * FROM t")).isZero();
    }

    private static Duration cache(String rules, String sql) throws Exception {
        return ((Decision.Allow) decide(rules, sql)).obligations().cache();
    }

    private static boolean replica(String rules, String sql) throws Exception {
        return ((Decision.Allow) decide(rules, sql)).obligations().replica();
    }

    @Test
    void relationsMatchBySchemaAndAccess() throws Exception {
        String rules =
                """
                default: allow
                rules:
                  - name: no-write
                    match: {relations: [sales.*], access: write}
                    unless: {groups: [sellers]}
                    decide: deny
                    reason: r
                """;
        assertThat(rule(rules, "SELECT * FROM sales.a")).isEqualTo("allow default");
        assertThat(rule(rules, "DELETE FROM sales.a")).isEqualTo("deny no-write");
        assertThat(rule(rules, "DELETE FROM sales.a", "sellers")).isEqualTo("allow default");
        assertThat(rule(rules, "DELETE FROM other.a")).isEqualTo("allow default");
        // The search path decides what this is, so a rule that refuses takes it for a hit.
        assertThat(rule(rules, "DELETE FROM a")).isEqualTo("deny no-write");
        assertThat(rule(rules, "WITH x AS (DELETE FROM sales.a RETURNING 1) SELECT 1"))
                .isEqualTo("deny no-write");
    }

    @Test
    void anAllowByRelationDoesNotTakeWhatIsInDoubt() throws Exception {
        String rules = "rules: [{name: a, match: {relations: [sales.a]}, decide: allow}]";
        assertThat(rule(rules, "SELECT * FROM sales.a")).isEqualTo("allow a");
        assertThat(rule(rules, "SELECT * FROM a")).isEqualTo("deny default");
        assertThat(rule(rules, "CALL p()")).isEqualTo("deny default");
    }

    @Test
    void anAllowByRelationHasToCoverEveryRelation() throws Exception {
        String rules = "rules: [{name: a, match: {relations: [s.a]}, decide: allow}]";
        assertThat(rule(rules, "SELECT * FROM s.a JOIN s.secret ON true"))
                .isEqualTo("deny default");
        assertThat(rule(rules, "SELECT * FROM s.a JOIN s.a b ON true")).isEqualTo("allow a");
    }

    @Test
    void anAllowByVerbHasToCoverEveryVerb() throws Exception {
        String rules = "rules: [{name: a, match: {verbs: [select]}, decide: allow}]";
        assertThat(rule(rules, "WITH x AS (DELETE FROM t RETURNING 1) SELECT 1"))
                .isEqualTo("deny default");
    }

    @Test
    void functionsMatchWithAndWithoutTheirSchema() throws Exception {
        String rules =
                """
                default: allow
                rules:
                  - {name: f, match: {functions: ["secret_*", s.f]}, decide: deny, reason: r}
                """;
        assertThat(rule(rules, "SELECT x.Secret_a(1)")).isEqualTo("deny f");
        assertThat(rule(rules, "SELECT s.f(1)")).isEqualTo("deny f");
        assertThat(rule(rules, "SELECT x.f(1)")).isEqualTo("allow default");
    }

    @Test
    void theStrictestObligationHolds() throws Exception {
        String rules =
                """
                default: allow
                rules:
                  - {name: a, max-rows: 100, timeout: 1m, rate: {statements: 5, per: 1s}}
                  - {name: b, max-rows: 50, timeout: 2m, match: {users: ["a*"]}}
                  - {name: c, read-only: true, match: {groups: [readers]}}
                  - {name: d, max-rows: 1, match: {users: [bob]}}
                """;
        Decision.Allow allow = (Decision.Allow) decide(rules, "SELECT * FROM t", "readers");
        Obligations obligations = allow.obligations();
        assertThat(obligations.maxRows()).isEqualTo(50);
        assertThat(obligations.timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(obligations.readOnly()).isTrue();
        assertThat(obligations.rates())
                .containsExactly(
                        new RateLimit(
                                "a",
                                new Quota(
                                        Quota.Measure.STATEMENTS,
                                        5,
                                        Duration.ofSeconds(1),
                                        Quota.Scope.USER),
                                ""));
        assertThat(rule(rules, "DELETE FROM t", "readers")).isEqualTo("deny c");
        assertThat(rule(rules, "DELETE FROM t")).isEqualTo("allow default");
    }

    @Test
    void observingRulesOnlyReport() throws Exception {
        String rules =
                """
                default: allow
                rules:
                  - {name: a, match: {verbs: [drop]}, decide: deny, reason: r, mode: observe}
                  - {name: b, max-rows: 5, mode: observe}
                """;
        Decision.Allow allow = (Decision.Allow) decide(rules, "DROP TABLE t");
        assertThat(allow.obligations().observed()).containsExactly("a deny", "b limit");
        assertThat(allow.obligations().maxRows()).isZero();
    }

    @Test
    void aReadOnlySessionDoesNotWrite() throws Exception {
        Policy policy = Policy.parse("p", "policy: 1\ndefault: allow");
        Question write =
                new Question("a", Set.of(), "c", Dialect.H2, true, "DELETE FROM t WHERE id = 1");
        assertThat(policy.decide(write)).isInstanceOf(Decision.Deny.class);
        assertThat(policy.decide(write).rule()).isEqualTo(Policy.READ_ONLY_SESSION);
        Question read = new Question("a", Set.of(), "c", Dialect.H2, true, "SELECT 1");
        Decision.Allow allow = (Decision.Allow) policy.decide(read);
        assertThat(allow.obligations().readOnly()).isTrue();
    }

    @Test
    void aRepeatedTextIsAnalysedOnce() throws Exception {
        Policy policy = Policy.parse("p", "policy: 1\ndefault: allow");
        Decision first = policy.decide(question("SELECT * FROM t WHERE a = 1"));
        Decision second = policy.decide(question("SELECT * FROM t WHERE " + "a = 1"));
        assertThat(second.facts()).isSameAs(first.facts());
        assertThat(policy.facts(Dialect.H2, "SELECT * FROM t WHERE a = 1"))
                .isNotSameAs(first.facts());
    }
}
