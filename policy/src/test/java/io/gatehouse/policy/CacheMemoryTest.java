package io.gatehouse.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.policy.fact.Dialect;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.Set;

/**
 * However many different statements come, what is remembered of them keeps to its bytes. {@code
 * -Dpolicy.statements=10000000} asks for as many as take minutes.
 */
class CacheMemoryTest {
    private static final int STATEMENTS = Integer.getInteger("policy.statements", 40_000);
    private static final long CACHE_BYTES = 8L << 20;

    /** Of so many statements one is the first of its kind, which takes most of the time. */
    private static final int KINDS = 20;

    @Test
    void statementsWithoutEndStayWithinTheirBytes() throws Exception {
        Policy policy = Policy.parse("p.yaml", "policy: 1\ndefault: allow\n", CACHE_BYTES);
        long before = used();
        long allowed = 0;
        for (int i = 0; i < STATEMENTS; i++) {
            Question question =
                    new Question("u", Set.of(), "c", Dialect.POSTGRESQL, false, statement(i));
            allowed += policy.decide(question) instanceof Decision.Allow ? 1 : 0;
        }
        long kept = used() - before;
        assertThat(allowed).isEqualTo(STATEMENTS);
        assertThat(kept).as("bytes after %d statements", STATEMENTS).isLessThan(CACHE_BYTES);
        // More came than there is room for, or nothing would be shown.
        assertThat(kept).isGreaterThan(CACHE_BYTES / 8);
        assertThat(policy.facts(Dialect.POSTGRESQL, statement(0)).understood()).isTrue();
    }

    private static String statement(int i) {
        if (i % KINDS == 0) {
            return "select a" + i + ", b from t" + i + " where c = 'x' and d > 5";
        }
        return "select id, placed, total from orders where customer = "
                + i
                + " and state = 's"
                + i
                + "' order by placed";
    }

    /** What is live: the least after several collections. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least =
                    Math.min(
                            least,
                            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
