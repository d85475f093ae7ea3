package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.sql.AnalysisLimits;
import io.gatehouse.policy.sql.SqlAnalyzer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Rewrites that mean the same to a server change nothing that is known about a statement. */
class RewriteTest {
    private static final int REWRITES_EACH = 40;
    private static final List<String> STATEMENTS =
            List.of(
                    "select a , b from t where c = 'x' and d > 5",
                    "select count ( * ) from s . t join u on t . id = u . id",
                    // A name without letters: MySQL tells X from x, and one may be a table.
                    "with _1 as ( select 1 as id ) select id from _1 , t",
                    "delete from t",
                    "delete from t where id = 1",
                    "delete from t where id = 1 or 1 = 1",
                    "delete from t where id = id",
                    "update t set a = 'b'",
                    "update t set a = 'b' where id in ( select id from u )",
                    "insert into t ( a , b ) values ( 1 , 'x' )",
                    "insert into t ( a ) select b from u",
                    "merge into t using u on ( t . id = u . id ) when matched then delete",
                    "drop table t",
                    "truncate table t",
                    "create table t ( a int , b varchar ( 10 ) )",
                    "select upper ( a ) , coalesce ( b , 'x' ) from t order by 1",
                    "select * from t where exists ( select 1 from u where u . id = t . id )");
    private static final List<String> BLANKS =
            List.of(
                    " ",
                    "  ",
                    "\n",
                    "\t",
                    " /* x */ ",
                    "/**/",
                    " -- y\n",
                    " /* ; ' \" */ ",
                    "\r\n");

    private final SqlAnalyzer analyzer = new SqlAnalyzer(AnalysisLimits.DEFAULT);
    private final Random random = new Random(7);

    @Test
    void blanksCommentsAndCaseChangeNoFact() {
        int rewrites = 0;
        for (Dialect dialect : Dialect.values()) {
            for (String statement : STATEMENTS) {
                Facts plain = analyzer.analyze(dialect, statement);
                assertThat(plain.understood()).as(dialect + ": " + statement).isTrue();
                for (int i = 0; i < REWRITES_EACH; i++) {
                    String rewritten = rewrite(statement);
                    Facts facts = analyzer.analyze(dialect, rewritten);
                    assertSame(plain, facts, dialect + ": " + rewritten);
                    rewrites++;
                }
            }
        }
        assertThat(rewrites).isGreaterThan(4000);
    }

    @Test
    void otherLiteralsGiveTheSameFingerprint() {
        Facts first = analyzer.analyze(Dialect.H2, "select a from t where b = 'x' and c in (1, 2)");
        Facts second =
                analyzer.analyze(Dialect.H2, "SELECT a FROM t\nWHERE b='it''s' AND c IN (7,8,9)");
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(first.normalized()).doesNotContain("x").contains("?");
    }

    private String rewrite(String statement) {
        StringBuilder out = new StringBuilder();
        if (random.nextBoolean()) {
            out.append("/* first */ ");
        }
        for (String word : statement.split(" ", -1)) {
            boolean literal = word.startsWith("'");
            boolean upper = random.nextBoolean() && !literal;
            out.append(upper ? word.toUpperCase(Locale.ROOT) : word);
            out.append(BLANKS.get(random.nextInt(BLANKS.size())));
        }
        return out.append(random.nextBoolean() ? ";" : "").toString();
    }

    private static void assertSame(Facts plain, Facts facts, String text) {
        assertThat(facts.fingerprint()).as(text).isEqualTo(plain.fingerprint());
        StatementFacts expected = plain.statements().getFirst();
        StatementFacts actual = facts.statements().getFirst();
        assertThat(actual.notUnderstood()).as(text).isEqualTo(expected.notUnderstood());
        assertThat(actual.verbs()).as(text).isEqualTo(expected.verbs());
        assertThat(actual.relations()).as(text).isEqualTo(expected.relations());
        assertThat(actual.functions()).as(text).isEqualTo(expected.functions());
        assertThat(actual.where()).as(text).isEqualTo(expected.where());
        assertThat(actual.traits()).as(text).isEqualTo(expected.traits());
        assertThat(actual.effect()).as(text).isEqualTo(expected.effect());
    }
}
