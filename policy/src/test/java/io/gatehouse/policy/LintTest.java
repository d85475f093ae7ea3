package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

/** What is found in rules that can be read, and what is told of a decision. */
class LintTest {
    private static List<String> lint(String rules) throws Exception {
        return Policy.parse("p.yaml", "policy: 1\nrules:\n" + rules).lint().stream()
                .map(Problem::toString)
                .toList();
    }

    private static String deny(String name, String match) {
        return "  - {name: " + name + ", match: {" + match + "}, decide: deny, reason: x}\n";
    }

    @Test
    void findsRulesInTheShadowOfOthers() throws Exception {
        assertThat(lint(deny("a", "verbs: [drop, alter]") + deny("b", "verbs: [drop]")))
                .containsExactly(
                        "p.yaml:4:12: rule \"b\" is shadowed: rule \"a\" at p.yaml:3 denies"
                                + " everything that it matches");
        String allow = "  - {name: b, match: {users: [ann], relations: [hr.pay]}, decide: allow}\n";
        assertThat(lint(allow + deny("a", "relations: ['hr.*']")))
                .singleElement()
                .asString()
                .startsWith("p.yaml:3:12: rule \"b\" is shadowed");
    }

    private static String masks(String name, String rest, String mask) {
        return "  - {name: " + name + ", " + rest + "masks: [{" + mask + "}]}\n";
    }

    @Test
    void findsMasksInTheShadowOfAnotherRules() throws Exception {
        String all = masks("a", "", "columns: ['*.email'], with: null");
        String staff = "match: {groups: [staff]}, ";
        String narrow = masks("b", staff, "columns: [people.email], with: partial, first: 2");
        for (String rules : List.of(all + narrow, narrow + all)) {
            assertThat(lint(rules))
                    .singleElement()
                    .asString()
                    .contains("\"b\" masks people.email in vain: rule \"a\" at p.yaml:")
                    .endsWith(" masks it for all of these people and shows no more of it");
        }
        assertThat(
                        lint(
                                masks("a", "", "columns: [t.c], with: null")
                                        + masks("b", "", "columns: [t.c], with: null")))
                .singleElement()
                .asString()
                .contains("\"b\" masks t.c in vain");
    }

    @Test
    void leavesMasksAloneThatHideMore() throws Exception {
        String partial = "columns: [people.email], with: partial, first: 2";
        String nothing = "columns: ['*.email'], with: null";
        String some = "match: {groups: [staff]}, ";
        assertThat(lint(masks("a", "", partial) + masks("b", some, nothing))).isEmpty();
        assertThat(lint(masks("a", some, nothing) + masks("b", "", partial))).isEmpty();
        assertThat(
                        lint(
                                masks("a", "unless: {users: [ann]}, ", nothing)
                                        + masks("b", some, partial)))
                .isEmpty();
        assertThat(lint(masks("a", "mode: observe, ", nothing) + masks("b", some, partial)))
                .isEmpty();
        assertThat(
                        lint(
                                masks("a", "", "columns: [other.email], with: null")
                                        + masks("b", some, partial)))
                .isEmpty();
    }

    @Test
    void leavesRulesAloneThatHaveWorkToDo() throws Exception {
        assertThat(lint(deny("a", "verbs: [drop]") + deny("b", "verbs: [drop, alter]"))).isEmpty();
        assertThat(lint(deny("a", "users: [ann]") + deny("b", "groups: [staff]"))).isEmpty();
        assertThat(
                        lint(
                                deny("a", "addresses: [10.1.0.0/16]")
                                        + deny("b", "addresses: [10.0.0.0/8]")))
                .isEmpty();
        String observing =
                "  - {name: a, match: {verbs: [drop]}, decide: deny, reason: x, mode: observe}\n";
        assertThat(lint(observing + deny("b", "verbs: [drop]"))).isEmpty();
        String unless = "  - {name: a, unless: {groups: [dba]}, decide: deny, reason: x}\n";
        assertThat(lint(unless + deny("b", "verbs: [drop]"))).isEmpty();
    }

    @Test
    void findsRulesThatNeverMatch() throws Exception {
        assertThat(
                        lint(
                                "  - name: a\n"
                                        + "    match: {users: [ann], verbs: [drop]}\n"
                                        + "    unless: {users: ['a*']}\n"
                                        + "    read-only: true\n"))
                .singleElement()
                .asString()
                .contains("can never match");
        assertThat(lint("  - {name: a, match: {when: 'true'}, read-only: true}\n"))
                .singleElement()
                .asString()
                .contains("same for every statement");
        assertThat(
                        lint(
                                "  - {name: a, match: {facts: [not-understood], relations: [t]},"
                                        + " decide: allow}\n"))
                .singleElement()
                .asString()
                .contains("can never allow");
    }

    private static String answers(String name, String rest) {
        return "  - {name: " + name + ", " + rest + "}\n";
    }

    @Test
    void findsAnswersThatNoReplicaGivesAndNobodyKeeps() throws Exception {
        for (String nothing :
                List.of(
                        "match: {verbs: [insert, update]}",
                        "match: {relations: [t], access: write}",
                        "match: {facts: [locks-rows]}",
                        "match: {verbs: [select], facts: [unparsed, unknown-function]}")) {
            for (String duty : List.of("route: replica", "cache: 30s")) {
                assertThat(lint(answers("a", nothing + ", " + duty)))
                        .singleElement()
                        .asString()
                        .contains("p.yaml:3:12: rule \"a\"", "never a plain read");
            }
        }
        String reports = "match: {groups: [reports], relations: [t]}";
        assertThat(
                        lint(
                                answers("a", reports + ", route: replica")
                                        + answers("b", "match: {relations: [t]}, route: primary")))
                .singleElement()
                .asString()
                .contains("rule \"a\" routes to a replica in vain: rule \"b\"");
        for (String shorter : List.of("cache: never", "cache: 5s")) {
            assertThat(
                            lint(
                                    answers("a", "match: {connections: ['*']}, " + shorter)
                                            + answers("b", "match: {groups: [g]}, cache: 30s")))
                    .isEmpty();
            assertThat(
                            lint(
                                    answers("a", shorter)
                                            + answers("b", "match: {groups: [g]}, cache: 30s")))
                    .singleElement()
                    .asString()
                    .contains("rule \"b\" keeps answers in vain: rule \"a\"");
        }
    }

    @Test
    void leavesAnswersAloneThatSomebodyGets() throws Exception {
        assertThat(lint(answers("a", "match: {verbs: [select, insert]}, route: replica")))
                .isEmpty();
        assertThat(lint(answers("a", "match: {relations: [t], access: read}, cache: 30s")))
                .isEmpty();
        assertThat(
                        lint(
                                answers("a", "route: replica")
                                        + answers("b", "match: {relations: [t]}, route: primary")))
                .isEmpty();
        assertThat(
                        lint(
                                answers("a", "match: {groups: [g]}, route: replica")
                                        + answers("b", "unless: {users: [ann]}, route: primary")))
                .isEmpty();
        assertThat(
                        lint(
                                answers("a", "match: {groups: [g]}, cache: 5s")
                                        + answers("b", "cache: 30s")))
                .isEmpty();
        assertThat(lint(answers("a", "match: {verbs: [drop]}, cache: never"))).isEmpty();
    }

    @Test
    void theDefaultPolicyIsClean() throws Exception {
        assertThat(Policy.load(List.of(BypassTable.DEFAULT_POLICY)).lint()).isEmpty();
    }

    @Test
    void explainsEveryRule() throws Exception {
        Policy policy =
                Policy.parse(
                        "p.yaml",
                        """
                        policy: 1
                        default: allow
                        rules:
                          - {name: a, match: {users: [bob]}, decide: deny, reason: x}
                          - {name: b, match: {verbs: [drop]}, decide: deny, reason: x}
                          - {name: c, match: {verbs: [select]}, unless: {users: [ann]}, max-rows: 1}
                          - {name: d, match: {verbs: [select]}, decide: allow}
                          - {name: e, match: {when: "user == 'x'"}, read-only: true, mode: observe}
                        """);
        Explanation told =
                policy.explain(
                        new Question(
                                "ann", Set.of(), "shop", Dialect.POSTGRESQL, false, "select 1"));
        assertThat(told.decision().rule()).isEqualTo("d");
        assertThat(told.looks())
                .extracting(look -> look.rule() + " " + look.deed() + " " + look.missing())
                .containsExactly(
                        "a deny match.users",
                        "b deny match.verbs",
                        "c limit unless",
                        "d allow null",
                        "e limit match.when");
        assertThat(told.looks().get(2).place()).isEqualTo("p.yaml:6:12");
    }
}
