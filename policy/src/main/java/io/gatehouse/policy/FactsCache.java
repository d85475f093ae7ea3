package io.gatehouse.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.rule.FactName;
import io.gatehouse.policy.sql.AnalysisLimits;
import io.gatehouse.policy.sql.SqlAnalyzer;

/** Analysis by text, bounded by the bytes it holds. Safe for many threads. */
final class FactsCache {
    private static final long MAX_BYTES = 64L << 20;
    private static final int ENTRY_BYTES = 800;
    private static final int STATEMENT_BYTES = 500;
    private static final int COLUMN_BYTES = 40;
    // A generated text of this size hardly comes twice and would push out hundreds of others.
    private static final int LONGEST_KEPT = 256 << 10;

    private final SqlAnalyzer analyzer = new SqlAnalyzer(AnalysisLimits.DEFAULT);
    private final Cache<Key, Analysis> cache =
            Caffeine.newBuilder()
                    .maximumWeight(MAX_BYTES)
                    .weigher(FactsCache::bytes)
                    .executor(Runnable::run)
                    .build();

    /** A text and whose SQL it is. */
    private record Key(Dialect dialect, String sql) {}

    private static int bytes(Key key, Analysis analysis) {
        int text = key.sql().length() + analysis.facts().normalized().length();
        int columns = 0;
        for (StatementFacts statement : analysis.facts().statements()) {
            columns += statement.columns().named().size();
        }
        return ENTRY_BYTES
                + 2 * text
                + STATEMENT_BYTES * analysis.holding().length
                + COLUMN_BYTES * columns;
    }

    Analysis of(Dialect dialect, String sql) {
        if (sql.length() > LONGEST_KEPT) {
            return analyze(dialect, sql);
        }
        Key key = new Key(dialect, sql);
        Analysis found = cache.getIfPresent(key);
        if (found == null) {
            found = analyze(dialect, sql);
            cache.put(key, found);
        }
        return found;
    }

    private Analysis analyze(Dialect dialect, String sql) {
        Facts facts = analyzer.analyze(dialect, sql);
        int[] holding = new int[facts.statements().size()];
        int i = 0;
        for (StatementFacts statement : facts.statements()) {
            holding[i++] = FactName.holding(facts, statement);
        }
        return new Analysis(facts, holding);
    }
}
