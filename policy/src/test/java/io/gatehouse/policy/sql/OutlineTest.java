package io.gatehouse.policy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.sql.Token.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What is known of one text is taken for another one only where that is true of it. */
class OutlineTest {
    private static final long SEED = 20_261_121;
    private static final int VALUES_EACH = 12;
    private static final List<String> CONDITIONS =
            List.of(
                    "1 = 1",
                    "1 = 2",
                    "0",
                    "7",
                    "(3) < (4)",
                    "2.5 > 2",
                    "'a' = 'a'",
                    "'a' = 'b'",
                    "a = 5",
                    "a in (1, 2, 3)",
                    "a in (1, 2, 1)",
                    "5 in (5, 6)",
                    "a like '%'",
                    "a like 'x%'",
                    "not (a = 'x')",
                    "a = 1 or a <> 1",
                    "a = 1 or a <> 2",
                    "a between 1 and 9",
                    "1 between 1 and 1",
                    "a + 1 = a + 1",
                    "a + 1 = a + 2",
                    "exists (select 1)",
                    "a = 1 and 2",
                    "b = 'y' and (a = 3 or 4 > 3)",
                    "a is null or a > 0.5",
                    "length(a) = 3",
                    "'x' is null",
                    "a = ? and b = 3");
    private static final List<String> FORMS =
            List.of(
                    "delete from t where §",
                    "update t set a = 4, b = 'v' where §",
                    "select a, 1, 'x' from t where § order by 2 limit 10",
                    "select count(*) from t where § limit 1",
                    "insert into t (a, b) select 1, 'y' from u where §",
                    "with x as (select 1 as id) select * from x, t where §",
                    "merge into t using u on § when matched then update set a = 1",
                    "select set_config('a.b', 'c', false) from t where §",
                    "explain delete from t where §");

    private final SqlAnalyzer analyzer = new SqlAnalyzer(AnalysisLimits.DEFAULT);
    private final Random random = new Random(SEED);

    @Test
    void stringsThatMayBeNamesAreNotValues() {
        Reading reading = analyzer.read(Dialect.SQLITE, "select * from 'secret'");
        assertThat(reading.outline()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void otherValuesOfTheSameOutlineHaveTheSameFacts(Dialect dialect) throws Exception {
        List<String> texts = new ArrayList<>(ordinary(dialect));
        for (String form : FORMS) {
            CONDITIONS.forEach(condition -> texts.add(form.replace("§", condition)));
        }
        int compared = 0;
        int free = 0;
        for (String text : texts) {
            Reading reading = analyzer.read(dialect, text);
            String outline = reading.outline();
            Reading.Analyzed analyzed = reading.analyzed();
            free += analyzed.ofOutline() ? 1 : 0;
            for (int i = 0; i < VALUES_EACH && !outline.isEmpty(); i++) {
                String other = withOtherValues(dialect, text);
                Reading otherReading = analyzer.read(dialect, other);
                if (analyzed.ofOutline() && otherReading.outline().equals(outline)) {
                    Facts taken = otherReading.like(analyzed.facts());
                    Facts own = otherReading.analyzed().facts();
                    assertThat(taken).as("seed %d: %s\nfrom %s", SEED, other, text).isEqualTo(own);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(900);
        assertThat(free).isGreaterThan(texts.size() / 3);
    }

    private String withOtherValues(Dialect dialect, String text) throws NotUnderstood {
        StringBuilder out = new StringBuilder();
        Map<String, String> values = new HashMap<>();
        int at = 0;
        for (Token token : new Scanner(dialect, text, 100_000).scan()) {
            boolean string = token.kind() == Kind.STRING;
            boolean number = token.kind() == Kind.NUMBER && token.text().matches("[0-9.]+");
            if (string || number) {
                out.append(text, at, token.start());
                String kind = string ? "'" : token.text().contains(".") ? "." : "1";
                out.append(values.computeIfAbsent(kind + token.text(), t -> value(kind)));
                at = token.end();
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private String value(String kind) {
        int some = random.nextInt(random.nextBoolean() ? 3 : 100_000);
        return switch (kind) {
            case "'" ->
                    List.of("'%'", "'role'", "'@'", "''")
                            .get(some % 4)
                            .replace("''", "'" + some + "'");
            case "." -> some + "." + random.nextInt(10);
            default -> Integer.toString(some);
        };
    }

    private static List<String> ordinary(Dialect dialect) throws Exception {
        String name =
                dialect == Dialect.MARIADB ? "mysql" : dialect.name().toLowerCase(Locale.ROOT);
        String file = "/io/gatehouse/policy/ordinary/" + name + ".sql";
        try (InputStream in = OutlineTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.strip().split("\n====\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from t where 1 = 2",
                "select * from t limit 1",
                "select set_config('role', 'x', false)",
                "set search_path = 'a'",
                "select 1; select 2",
                "explain analyze select * from t where a = 1",
                "select /*! 5 */ a from t where b = 1"
            })
    void aTextWhoseValuesCountStandsForItselfOnly(String text) {
        Dialect dialect = text.contains("/*!") ? Dialect.MYSQL : Dialect.POSTGRESQL;
        Reading reading = analyzer.read(dialect, text);
        boolean shared = !reading.outline().isEmpty() && reading.analyzed().ofOutline();
        assertThat(shared).isFalse();
    }

    @Test
    void onlyValuesAreLeftOut() {
        String outline = outline("select a from t where b = 'x' and c = 1");
        assertThat(outline("select a from t where b = 'it''s' and c = 22")).isEqualTo(outline);
        for (String other :
                List.of(
                        "select a from t where b = 'x' and c = '1'",
                        "select a from t where b = 'x' and c = 1.0",
                        "select a from t where b = 'x' and c = 1e3",
                        "select a from t where b = '%' and c = 1",
                        "select a from t where b = $1 and c = 1",
                        "select a from t where b = 'x' and d = 1",
                        "select a from \"t\" where b = 'x' and c = 1",
                        "select a from t where b = 'x' and c = 1;")) {
            assertThat(outline(other)).as(other).isNotEqualTo(outline);
        }
        assertThat(outline("select 1, 2")).isNotEqualTo(outline("select 1, 1"));
        assertThat(outline("select \"a\3b\"")).isNotEqualTo(outline("select \"a\" b"));
    }

    private String outline(String sql) {
        return analyzer.read(Dialect.POSTGRESQL, sql).outline();
    }
}
