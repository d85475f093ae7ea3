package io.gatehouse.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.server.boot.InProcess.Answer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

final class PolicyCommandsTest {
    private static final String DELIVERED = "../conf/policies";

    @TempDir private Path dir;

    private Path policies;

    @BeforeEach
    void begin() throws Exception {
        policies = Files.createDirectories(dir.resolve("conf/policies/tests")).getParent();
        write(
                "policies/p.yaml",
                """
                policy: 1
                default: allow
                rules:
                  - name: private
                    match: {relations: [salaries], labels: [production]}
                    unless: {groups: [payroll]}
                    decide: deny
                    reason: salaries are private
                    way-forward: ask payroll
                  - name: few
                    match: {groups: [payroll]}
                    max-rows: 10
                """);
        write(
                "policies/tests/p.yaml",
                """
                policy-tests: 1
                cases:
                  - name: nobody else reads salaries
                    as: {user: ann}
                    on: {connection: hr, labels: [production]}
                    sql: select * from salaries
                    expect: {decision: deny, rule: private}
                """);
        write(
                "users.yaml",
                """
                - name: pam
                  verifier: %s
                  groups: [payroll]
                """
                        .formatted(
                                io.gatehouse.server.auth.ScramVerifier.of("x".toCharArray())
                                        .text()));
        write(
                "connections/hr.yaml",
                """
                kind: mysql
                database: hr
                user: hr_app
                password: {sealed: "gh1:nobody has the key"}
                labels: [production]
                """);
    }

    private void write(String file, String text) throws Exception {
        Path path = dir.resolve("conf").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static Answer run(String... arguments) {
        return InProcess.run("", arguments);
    }

    private static JsonNode json(Answer answer) throws Exception {
        return new ObjectMapper().readTree(answer.out());
    }

    @Test
    void lintIsContent() throws Exception {
        Answer answer = run("policy", "lint", policies.toString());
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).startsWith("no problems: 2 rules, policy ");
        assertThat(answer.status()).isZero();
        assertThat(run("policy", "lint", DELIVERED).status()).isZero();
        JsonNode told = json(run("policy", "lint", "--json", policies.toString()));
        assertThat(told.path("problems")).isEmpty();
        assertThat(told.path("policy").asText()).hasSize(12);
    }

    @Test
    void lintNamesWhatIsWrong() throws Exception {
        Path file = policies.resolve("q.yaml");
        Files.writeString(file, "policy: 1\nrules:\n  - {name: x, decide: fly, wings: 2}\n");
        Answer answer = run("policy", "lint", policies.toString());
        assertThat(answer.status()).isEqualTo(3);
        assertThat(answer.err())
                .contains(file + ":3:23: decide must be one of")
                .contains(file + ":3:28: a rule has no key \"wings\"");
        JsonNode told = json(run("policy", "lint", "--json", file.toString()));
        assertThat(told.path("problems").path(0).path("line").asInt()).isEqualTo(3);

        Files.writeString(
                file,
                """
                policy: 1
                rules:
                  - {name: x, match: {relations: [salaries], groups: [a]}, decide: deny, reason: r}
                  - {name: y, match: {relations: [salaries], groups: [a], verbs: [drop]}, max-rows: 1}
                """);
        Answer shadowed = run("policy", "lint", file.toString());
        assertThat(shadowed.status()).isEqualTo(3);
        assertThat(shadowed.err()).contains(file + ":4:12: rule \"y\" is shadowed");
        assertThat(run("policy", "lint", dir.resolve("nowhere").toString()).status()).isEqualTo(3);
    }

    @Test
    void testRunsTheCasesAndTellsWhatTheyLeaveOut() throws Exception {
        Answer answer = run("policy", "test", policies.toString());
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .contains("1 cases, 0 failed; 1 of 2 rules met", "no case meets few");
        assertThat(answer.status()).isZero();
        assertThat(run("policy", "test", "--covered", policies.toString()).status()).isEqualTo(1);
        JsonNode told = json(run("policy", "test", "--json", policies.toString()));
        assertThat(told.path("cases").asInt()).isEqualTo(1);
        assertThat(told.path("uncovered").path(0).asText()).isEqualTo("few");
    }

    @Test
    void theDeliveredCasesPassAndMeetEveryRule() {
        Answer answer = run("policy", "test", "--covered", DELIVERED);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.status()).isZero();
    }

    @Test
    void testTellsWhatDidNotCome() throws Exception {
        Path cases = policies.resolve("tests/p.yaml");
        String text = Files.readString(cases);
        Files.writeString(cases, text.replace("decision: deny", "decision: allow, max-rows: 5"));
        Answer answer = run("policy", "test", policies.toString());
        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err())
                .contains(
                        cases
                                + ":3:5: \"nobody else reads salaries\" expected decision allow,"
                                + " got deny; expected max-rows 5, got 0: select * from salaries");
        Files.writeString(cases, text.replace("sql:", "sequel:"));
        Answer unreadable = run("policy", "test", policies.toString());
        assertThat(unreadable.status()).isEqualTo(3);
        assertThat(unreadable.err()).contains(cases + ":6:5: a case has no key \"sequel\"");
        Files.delete(cases);
        Answer none = run("policy", "test", policies.toString());
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("there are no cases");
    }

    @Test
    void explainTellsFactsAndEveryRule() throws Exception {
        String conf = dir.resolve("conf").toString();
        String sql = "select `a` from salaries s where s.b = 1";
        String[] ask = {"policy", "explain", "--conf", conf, "--on", "hr", "--as", "ann", sql};
        Answer answer = run(ask);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .contains(
                        "verbs      select",
                        "relations  salaries read",
                        "columns    a, salaries.b",
                        "matched  private (deny)",
                        "        -few (limit): match.groups",
                        "deny by private, policy ",
                        "way forward: ask payroll");
        assertThat(answer.status()).isZero();
        ask[ask.length - 2] = "pam";
        assertThat(run(ask).out())
                .contains("-private (deny): unless", "matched  few (limit)", "allow by default");
        JsonNode told =
                json(
                        run(
                                "policy", "explain", "--json", "--conf", conf, "--on", "hr", "--as",
                                "ann", "--label", "test", sql));
        assertThat(told.path("decision").asText()).isEqualTo("allow");
        assertThat(told.path("rules").path(0).path("missing").asText()).isEqualTo("match.labels");
    }
}
