package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Conditions in CEL: what they see, and what is said of them at load. */
class ExpressionTest {
    private static final Asker ANN =
            new Asker(
                    "ann",
                    Set.of("staff"),
                    "app",
                    "10.1.2.3",
                    "psql 18",
                    "driver",
                    "shop",
                    Set.of("eu"));

    private static Policy policy(String when, String decide) throws PolicyProblems {
        String fallback = decide.equals("deny") ? "allow" : "deny";
        return Policy.parse(
                "p.yaml",
                """
                policy: 1
                default: %s
                rules:
                  - name: r
                    match:
                      when: %s
                    decide: %s
                    reason: because
                """
                        .formatted(fallback, when, decide));
    }

    private static boolean decides(String when, String decide, String sql) throws Exception {
        Question question =
                new Question(
                        ANN,
                        Dialect.POSTGRESQL,
                        SearchPath.UNKNOWN,
                        false,
                        InstantSource.fixed(Instant.parse("2026-01-05T12:00:00Z")),
                        sql);
        return policy("'" + when.replace("'", "''") + "'", decide)
                .decide(question)
                .rule()
                .equals("r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user == 'ann' && 'staff' in groups && role == 'app'",
                "address.inSubnet('10.0.0.0/8') && !address.inSubnet('fd00::/8')",
                "application.like('psql*') && door == 'driver'",
                "connection == 'shop' && labels == ['eu'] && dialect == 'postgresql'",
                "now.getHours('Europe/Berlin') == 13 && now < timestamp('2027-01-01T00:00:00Z')",
                "statements == 1 && verb == 'delete' && verbs == ['delete']",
                "writes == ['shop.t'] && reads.exists(r, r == 'u')",
                "'u.a' in columns && all_columns_known",
                "functions == ['lower'] && 'writes' in facts && understood",
                "statement.contains('delete') && fingerprint.size() == 16",
            })
    void seesEverything(String when) throws Exception {
        String sql = "delete from shop.t where b in (select lower(u.a) from u)";
        assertThat(decides(when, "deny", sql)).isTrue();
        assertThat(decides("!(" + when + ")", "deny", sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reads[7] == 'x'",
                "1 / (statements - 1) == 1",
                "user.matches('(')",
                "address.inSubnet('everywhere')",
            })
    void whatHasNoAnswerIsAgainstTheStatement(String when) throws Exception {
        assertThat(decides(when, "deny", "select 1")).isTrue();
        assertThat(decides(when, "allow", "select 1")).isFalse();
    }

    @Test
    void runsAreBounded() throws Exception {
        String numbers = "[" + "1,".repeat(200).substring(0, 399) + "]";
        String when = numbers + ".all(x, " + numbers + ".all(y, x == y))";
        assertThat(decides(when, "deny", "select 1")).isTrue();
        assertThat(decides(when, "allow", "select 1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user = 1              | p.yaml:6:18",
                "usr == 'a'            | p.yaml:6:13",
                "\"usr == 'a'\"        | p.yaml:6:14",
                "user                  | p.yaml:6:13",
                "groups == 'a'         | p.yaml:6:20",
            })
    void faultsAreToldWhereTheyStand(String when, String place) {
        PolicyProblems problems =
                catchThrowableOfType(PolicyProblems.class, () -> policy(when, "deny"));
        assertThat(problems).isNotNull();
        assertThat(problems.problems().getFirst().toString()).startsWith(place + ": when: ");
    }

    @Test
    void faultsOverFoldedLinesAreToldWhereTheyBegin() {
        PolicyProblems problems =
                catchThrowableOfType(
                        PolicyProblems.class,
                        () -> policy(">\n        user == 'a'\n        && usr == 'b'", "deny"));
        assertThat(problems.problems().getFirst().toString()).startsWith("p.yaml:6:13: when: ");
    }

    @Test
    void faultsInBlocksAreToldByLine() {
        PolicyProblems problems =
                catchThrowableOfType(
                        PolicyProblems.class,
                        () -> policy("|\n        user == 'a'\n        && usr == 'b'", "deny"));
        assertThat(problems.problems())
                .extracting(Problem::line, Problem::column)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(8, 12));
        assertThat(problems.problems().getFirst().message()).contains("usr");
    }

    @Test
    void textsThatAreTooLongOrTooDeepAreRefused() {
        for (String when :
                List.of(
                        "user == '" + "a".repeat(5000) + "'",
                        "(".repeat(100) + "true" + ")".repeat(100))) {
            assertThat(catchThrowableOfType(PolicyProblems.class, () -> policy(when, "deny")))
                    .isNotNull();
        }
    }
}
