package io.gatehouse.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.sql.AnalysisLimits;
import io.gatehouse.policy.sql.Reading;
import io.gatehouse.policy.sql.SqlAnalyzer;

/**
 * Analysis by text, and by what texts have in common that differ in values only. Both are bounded
 * by the bytes they hold. Safe for many threads.
 */
final class FactsCache {
    private static final int ENTRY_BYTES = 900;
    private static final int STATEMENT_BYTES = 600;
    private static final int COLUMN_BYTES = 90;
    // A generated text of this size hardly comes twice and would push out hundreds of others.
    private static final int LONGEST_KEPT = 256 << 10;

    private final SqlAnalyzer analyzer = new SqlAnalyzer(AnalysisLimits.DEFAULT);
    private final Cache<Key, Analysis> texts;
    private final Cache<Key, Analysis> outlines;

    /** A text or an outline, and whose SQL it is. */
    private record Key(Dialect dialect, String sql) {}

    /**
     * @param maxBytes of what is kept, all together
     */
    FactsCache(long maxBytes) {
        this.texts = bounded(maxBytes - maxBytes / 4);
        this.outlines = bounded(maxBytes / 4);
    }

    private static Cache<Key, Analysis> bounded(long maxBytes) {
        return Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(FactsCache::bytes)
                .executor(Runnable::run)
                .build();
    }

    private static int bytes(Key key, Analysis analysis) {
        int text = key.sql().length() + analysis.facts().normalized().length();
        int columns = 0;
        for (StatementFacts statement : analysis.facts().statements()) {
            columns += statement.columns().named().size() + statement.relations().size();
        }
        return ENTRY_BYTES
                + 2 * text
                + STATEMENT_BYTES * analysis.holding().length
                + COLUMN_BYTES * columns;
    }

    Analysis of(Dialect dialect, String sql) {
        if (sql.length() > LONGEST_KEPT) {
            return Analysis.of(analyzer.analyze(dialect, sql));
        }
        Key key = new Key(dialect, sql);
        Analysis found = texts.getIfPresent(key);
        if (found == null) {
            found = read(dialect, sql);
            texts.put(key, found);
        }
        return found;
    }

    private Analysis read(Dialect dialect, String sql) {
        Reading reading = analyzer.read(dialect, sql);
        Key key = new Key(dialect, reading.outline());
        Analysis like = key.sql().isEmpty() ? null : outlines.getIfPresent(key);
        if (like != null) {
            return like.as(reading.like(like.facts()));
        }
        Reading.Analyzed analyzed = reading.analyzed();
        Analysis analysis = Analysis.of(analyzed.facts());
        if (analyzed.ofOutline()) {
            outlines.put(key, analysis);
        }
        return analysis;
    }
}
