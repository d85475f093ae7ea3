package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What applications, drivers and tools send every day passes the default policy. */
class OrdinaryTest {

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "MARIADB", mode = EnumSource.Mode.EXCLUDE)
    void passes(Dialect dialect) throws Exception {
        Policy policy = Policy.load(List.of(BypassTable.DEFAULT_POLICY));
        List<String> refused = new ArrayList<>();
        int unparsed = 0;
        List<String> texts = texts(dialect);
        for (String sql : texts) {
            Question question = new Question("u", Set.of(), "c", dialect, false, sql);
            Decision decision = policy.decide(question);
            if (decision instanceof Decision.Deny deny) {
                refused.add(deny.rule() + ": " + deny.reason() + ": " + sql);
            }
            for (StatementFacts statement : decision.facts().statements()) {
                unparsed += statement.traits().contains(Trait.UNPARSED) ? 1 : 0;
            }
        }
        assertThat(refused).isEmpty();
        // Relations of unparsed reads are a best effort, so there should be few of them.
        assertThat(unparsed).isLessThan(2 + texts.size() / 8);
    }

    private static List<String> texts(Dialect dialect) throws IOException {
        String name = "ordinary/" + dialect.name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream in = OrdinaryTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.strip().split("\n====\n"));
        }
    }
}
