package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;

import java.util.List;

/** A text of which no more is known than its tokens. */
public final class Reading {
    private static final String NONE = "";

    private final SqlAnalyzer analyzer;
    private final Dialect dialect;
    private final String sql;
    private final List<Token> tokens;
    private final String notUnderstood;

    Reading(
            SqlAnalyzer analyzer,
            Dialect dialect,
            String sql,
            List<Token> tokens,
            String notUnderstood) {
        this.analyzer = analyzer;
        this.dialect = dialect;
        this.sql = sql;
        this.tokens = tokens;
        this.notUnderstood = notUnderstood;
    }

    /**
     * What the text has in common with others that differ in values only; {@code ""} where it has
     * to be looked at by itself.
     */
    public String outline() {
        // SQLite takes a string for a name where only a name can stand.
        boolean known = notUnderstood.isEmpty() && dialect != Dialect.SQLITE;
        return known ? Outline.of(tokens) : NONE;
    }

    /** Everything that the text does. */
    public Analyzed analyzed() {
        if (!notUnderstood.isEmpty()) {
            return new Analyzed(SqlAnalyzer.opaque(dialect, sql, notUnderstood), false);
        }
        Analyzed analyzed = analyzer.analyzed(dialect, sql, tokens);
        boolean same = analyzed.ofOutline() && like(analyzed.facts()).equals(analyzed.facts());
        return new Analyzed(analyzed.facts(), same);
    }

    /** The facts of another text with this outline, as facts of this one. */
    public Facts like(Facts other) {
        StatementFacts only = other.statements().getFirst();
        int start = tokens.getFirst().start();
        int last = tokens.size() - 1;
        while (last > 0 && tokens.get(last).mark(';')) {
            last--;
        }
        int end = tokens.get(last).end();
        return only.start() == start && only.end() == end ? other : other.at(start, end);
    }

    /**
     * @param ofOutline whether every text of the same outline does the same
     */
    public record Analyzed(Facts facts, boolean ofOutline) {}
}
