package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

/** Everything wrong in policy files is told at once, each with its place. */
class PolicyFileTest {

    private static List<String> problems(String yaml) {
        PolicyProblems thrown =
                catchThrowableOfType(PolicyProblems.class, () -> Policy.parse("p.yaml", yaml));
        assertThat(thrown).as("no problem in: " + yaml).isNotNull();
        return thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void theDefaultPolicyHasNoProblem() throws Exception {
        Policy policy = Policy.load(List.of(BypassTable.DEFAULT_POLICY));
        assertThat(policy.version()).matches("[0-9a-f]{12}");
        Policy again = Policy.load(List.of(BypassTable.DEFAULT_POLICY));
        assertThat(again.version()).isEqualTo(policy.version());
        assertThat(Policy.parse("x", "policy: 1").version()).isNotEqualTo(policy.version());
    }

    @Test
    void allProblemsComeAtOnce() {
        String yaml =
                """
                policy: 1
                default: maybe
                extra: 1
                rules:
                  - name: Bad Name
                    decide: deny
                    reason: x
                  - name: a
                    match: {verbs: [fly], facts: [nice], groups: readers}
                    decide: deny
                  - name: b
                    max-rows: many
                    timeout: 5 minutes
                    rate: {statements: 0, per: 1s, whom: me}
                  - name: c
                    name: d
                    decide: perhaps
                    reason: x
                  - match: {users: []}
                  - just text
                """;
        assertThat(problems(yaml))
                .anyMatch(p -> p.startsWith("p.yaml:2:10: default must be one of"))
                .anyMatch(p -> p.startsWith("p.yaml:3:1: a policy file has no key \"extra\""))
                .anyMatch(p -> p.startsWith("p.yaml:5:11: a name is"))
                .anyMatch(p -> p.startsWith("p.yaml:9:21: there is no verb \"fly\""))
                .anyMatch(p -> p.startsWith("p.yaml:9:35: there is no fact \"nice\""))
                .anyMatch(p -> p.startsWith("p.yaml:9:50: groups must be a list"))
                .anyMatch(p -> p.startsWith("p.yaml:8:5: a rule that denies needs a reason"))
                .anyMatch(p -> p.startsWith("p.yaml:12:15: max-rows must be a whole number"))
                .anyMatch(p -> p.startsWith("p.yaml:13:14: timeout must be a time"))
                .anyMatch(p -> p.startsWith("p.yaml:14:24: statements must be"))
                .anyMatch(p -> p.startsWith("p.yaml:14:36: rate has no key \"whom\""))
                .anyMatch(p -> p.startsWith("p.yaml:16:5: key \"name\" stands twice"))
                .anyMatch(p -> p.startsWith("p.yaml:17:13: decide must be one of"))
                .anyMatch(p -> p.startsWith("p.yaml:19:5: the rule has no name"))
                .anyMatch(p -> p.startsWith("p.yaml:19:20: users is an empty list"))
                .anyMatch(p -> p.startsWith("p.yaml:20:5: a rule must be a mapping"));
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        assertThat(problems("")).anyMatch(p -> p.startsWith("p.yaml:1:1: the file is empty"));
        assertThat(problems("rules: [")).anyMatch(p -> p.contains("not YAML"));
        assertThat(problems("a: b: c")).anyMatch(p -> p.startsWith("p.yaml:1:5: not YAML"));
        assertThat(problems("policy: 2")).anyMatch(p -> p.startsWith("p.yaml:1:9: this version"));
        assertThat(problems("rules: []")).anyMatch(p -> p.contains("\"policy\" is missing"));
        assertThat(problems("policy: 1\nrules: 5")).anyMatch(p -> p.startsWith("p.yaml:2:8:"));
        assertThat(problems("policy: 1\nrules:\n- name: a"))
                .anyMatch(p -> p.startsWith("p.yaml:3:3: the rule does nothing"));
    }

    @Test
    void namesAreUniqueOverAllFiles() {
        String rule = "policy: 1\nrules:\n- {name: a, read-only: true}\n- {name: a, max-rows: 1}";
        assertThat(problems(rule))
                .containsExactly("p.yaml:4:10: rule \"a\" stands already at p.yaml:3");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        assertThatThrownBy(() -> Policy.load(List.of(Path.of("no-such-file.yaml"))))
                .isInstanceOf(PolicyProblems.class)
                .hasMessageContaining("no-such-file.yaml:0:0: cannot be read");
    }
}
