package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.sql.AnalysisLimits;
import io.gatehouse.policy.sql.SqlAnalyzer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** Analysis answers for any text whatever, and its answer is consistent. */
class FuzzTest {
    private static final int RANDOM_TEXTS = 100_000;
    private static final int MUTATED_TEXTS = 30_000;
    private static final String ALPHABET =
            "abcxyzABC_019 \t\n\r'\"`[](){};,.*=<>+-/%?$:@#!&|^~\\\0\u00a0\u200b\u00e9\uff24\ud83d";
    private static final List<String> WORDS =
            List.of(
                    "select",
                    "from",
                    "where",
                    "delete",
                    "update",
                    "set",
                    "insert",
                    "into",
                    "values",
                    "with",
                    "as",
                    "explain",
                    "analyze",
                    "begin",
                    "end",
                    "case",
                    "when",
                    "create",
                    "function",
                    "trigger",
                    "or",
                    "and",
                    "not",
                    "exists",
                    "$$",
                    "$a$",
                    "/*",
                    "*/",
                    "/*!",
                    "--",
                    "#",
                    "e'",
                    "n'",
                    "q'[",
                    "]'",
                    "u&\"",
                    "''",
                    "\"\"",
                    "(",
                    ")",
                    ";",
                    ",",
                    "1",
                    "?",
                    "$1",
                    "@x",
                    "@@y",
                    "t",
                    "pg_sleep",
                    "copy",
                    "program",
                    "for");
    private static final List<String> SEEDS =
            List.of(
                    "WITH x AS (DELETE FROM t WHERE a = 'b' RETURNING *) SELECT * FROM x LIMIT 3",
                    "UPDATE t SET a = 1, b = E'x\\'y' WHERE id IN (1, 2, 3) OR name LIKE '%z'",
                    "SELECT a.b::text, count(*) OVER (PARTITION BY c) FROM t a JOIN u ON a.x = u.x",
                    "CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1; END; SELECT 2",
                    "MERGE INTO t USING u ON (t.a = u.a) WHEN MATCHED THEN UPDATE SET b = 2",
                    "/*!50000 SELECT */ `a`, \"b\", [c] FROM t -- end\nWHERE x = $tag$ y $tag$",
                    "SET SESSION sql_mode = 'a', @b = (SELECT 1), NAMES utf8mb4",
                    "EXPLAIN (ANALYZE, BUFFERS) SELECT set_config('a', 'b', false), (SELECT 1)");

    private final SqlAnalyzer analyzer = new SqlAnalyzer(AnalysisLimits.DEFAULT);
    private final Random random = new Random(20_260_821);

    @Test
    void randomTextsNeverThrow() {
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            check(i % 2 == 0 ? characters() : words());
        }
    }

    @Test
    void mutatedStatementsNeverThrow() {
        for (int i = 0; i < MUTATED_TEXTS; i++) {
            StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int edits = 1 + random.nextInt(4); edits > 0 && !text.isEmpty(); edits--) {
                mutate(text);
            }
            check(text.toString());
        }
    }

    private void mutate(StringBuilder text) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            case 2 -> text.insert(at, " " + WORDS.get(random.nextInt(WORDS.size())) + " ");
            default -> text.setLength(at);
        }
    }

    private String characters() {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private String words() {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(14); n > 0; n--) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
            text.append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private void check(String sql) {
        Dialect dialect = Dialect.values()[random.nextInt(Dialect.values().length)];
        Facts facts = analyzer.analyze(dialect, sql);
        assertThat(facts.statements()).isNotEmpty();
        assertThat(facts.fingerprint()).hasSize(16);
        assertThat(facts.normalized()).doesNotContain("analysis failed");
        int before = 0;
        for (StatementFacts statement : facts.statements()) {
            if (statement.end() > 0) {
                assertThat(statement.notUnderstood()).doesNotStartWith("analysis failed");
                assertThat(statement.start()).isBetween(before, statement.end());
                assertThat(statement.end()).isLessThanOrEqualTo(sql.length());
                before = statement.end();
            }
        }
        assertThat(analyzer.analyze(dialect, sql)).isEqualTo(facts);
    }
}
