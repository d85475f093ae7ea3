package io.gatehouse.benchmarks;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Policy;
import io.gatehouse.policy.PolicyProblems;
import io.gatehouse.policy.Question;
import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How long policy takes to answer, with the rules that are delivered. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 3, time = 2)
@Fork(2)
public class GateBenchmark {
    /** More than the caches hold, so that none of them comes back while it is known. */
    private static final int TEXTS = 100_000;

    private static final String COLUMNS =
            "SELECT o.id, o.placed, o.total, c.name, c.city FROM orders%s o JOIN customers c ON"
                + " c.id = o.customer WHERE o.customer = %d AND o.state = 'sent%d' AND o.total > %d"
                + " ORDER BY o.placed DESC";

    private static final int LENGTH = 200;

    private final Asker asker =
            new Asker(
                    "ada",
                    Set.of("staff"),
                    "app",
                    "10.1.2.3",
                    "shop",
                    "driver",
                    "orders",
                    Set.of("production"));
    private final SearchPath path = new SearchPath(List.of("public"));
    private final String[] fresh = new String[TEXTS];
    private final String[] first = new String[TEXTS];
    private Policy policy = noPolicy();
    private int next;

    private static Policy noPolicy() {
        try {
            return Policy.parse("none", "policy: 1");
        } catch (PolicyProblems e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the policy and writes the texts. */
    @Setup
    public void prepare() throws PolicyProblems {
        Path root = Path.of(System.getProperty("gatehouse.root", ""));
        policy = Policy.load(List.of(root.resolve("conf/policies/default.yaml")));
        for (int i = 0; i < TEXTS; i++) {
            fresh[i] = text("", i);
            first[i] = text("_" + i, i);
        }
    }

    private static String text(String table, int value) {
        String text =
                String.format(Locale.ROOT, COLUMNS, table, 100_000 + value, value, value % 1000);
        return text + " ".repeat(LENGTH - text.length());
    }

    /** A text that was asked for before. */
    @Benchmark
    public Decision cachedStatement() {
        return ask(fresh[0]);
    }

    /** A text of which only the values are new. */
    @Benchmark
    public Decision cachedFingerprint() {
        return ask(fresh[next++ % TEXTS]);
    }

    /** A text the like of which was not seen before. */
    @Benchmark
    public Decision firstParse() {
        return ask(first[next++ % TEXTS]);
    }

    private Decision ask(String sql) {
        return policy.decide(
                new Question(asker, Dialect.POSTGRESQL, path, false, InstantSource.system(), sql));
    }
}
