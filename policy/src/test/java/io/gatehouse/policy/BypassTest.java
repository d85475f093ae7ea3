package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every known way around a policy is closed, and its innocent twin still runs. */
class BypassTest {
    private final Map<Path, Policy> policies = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int checks;

    @Test
    void everyTextOfTheTableIsJudgedAsItSays() throws Exception {
        for (BypassTable.Row row : BypassTable.rows()) {
            check(row);
        }
        assertThat(wrong).as("of " + checks + " checks").isEmpty();
        System.out.println(checks + " verdicts on the texts of the table");
        assertThat(checks).isGreaterThan(2_800);
    }

    /** Verdicts are kept by text: neither a like one before nor a second asking changes one. */
    @Test
    void theOrderOfAskingChangesNoVerdict() throws Exception {
        List<BypassTable.Row> rows = BypassTable.rows();
        for (BypassTable.Row row : rows.reversed()) {
            check(row);
        }
        for (BypassTable.Row row : rows) {
            check(row);
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatIsTooLongIsNotUnderstood(Dialect dialect) throws Exception {
        String tail = " ".repeat(4_000_000);
        assertThat(verdict(dialect, "SELECT 1" + " ".repeat(100_000))).isEqualTo("allow");
        assertThat(verdict(dialect, "SELECT 1" + tail)).isEqualTo("understood-only");
        assertThat(verdict(dialect, "SELECT 1" + tail + "; DROP TABLE t"))
                .isEqualTo("understood-only");
        assertThat(verdict(dialect, "SELECT " + "1,".repeat(300_000) + "1"))
                .isEqualTo("understood-only");
        assertThat(verdict(dialect, "SELECT " + "(".repeat(60) + "1" + ")".repeat(60)))
                .isEqualTo("understood-only");
    }

    private String verdict(Dialect dialect, String sql) throws Exception {
        return verdict(decide(BypassTable.DEFAULT_POLICY, Set.of(), dialect, sql));
    }

    private void check(BypassTable.Row row) throws Exception {
        for (Dialect dialect : row.on()) {
            check(row, dialect, Set.of(), row.writer());
            check(row, dialect, Set.of("readers"), row.reader());
        }
    }

    private void check(BypassTable.Row row, Dialect dialect, Set<String> groups, String expected)
            throws Exception {
        if (expected.isEmpty()) {
            return;
        }
        checks++;
        Decision decision = decide(row.policy(), groups, dialect, row.sql());
        String verdict = verdict(decision);
        if (!verdict.equals(expected)) {
            String where = "line " + row.line() + " " + dialect + " " + groups + ": ";
            String facts = "\n    " + decision.facts().statements();
            wrong.add(where + expected + " -> " + verdict + ": " + row.sql() + facts);
        }
    }

    private Decision decide(Path file, Set<String> groups, Dialect dialect, String sql)
            throws Exception {
        Policy policy = policies.get(file);
        if (policy == null) {
            policy = Policy.load(List.of(file));
            policies.put(file, policy);
        }
        return policy.decide(new Question("u", groups, "c", dialect, false, sql));
    }

    private static String verdict(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> "allow";
            case Decision.Hold hold -> hold.rule();
            case Decision.Deny deny -> deny.rule();
        };
    }
}
