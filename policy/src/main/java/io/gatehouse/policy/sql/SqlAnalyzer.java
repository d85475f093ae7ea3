package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;

import java.util.ArrayList;
import java.util.List;

/** From text to facts. Never throws for any text; immutable and safe for many threads. */
public final class SqlAnalyzer {
    /** How the reason begins where analysis itself failed. */
    static final String FAULT = "analysis failed: ";

    private static final int SHOWN = 200;

    private final AnalysisLimits limits;

    /** An analyzer that spends no more on a text than {@code limits} allow. */
    public SqlAnalyzer(AnalysisLimits limits) {
        this.limits = limits;
    }

    /** Everything that {@code sql} does when a server of {@code dialect} runs it. */
    public Facts analyze(Dialect dialect, String sql) {
        if (sql.length() > limits.maxCharacters()) {
            return opaque(
                    dialect,
                    sql,
                    "the text is longer than " + limits.maxCharacters() + " characters");
        }
        try {
            List<Token> tokens = new Scanner(dialect, sql, limits.maxTokens()).scan();
            String normalized = LiteralFree.text(tokens);
            return new Facts(
                    dialect,
                    LiteralFree.fingerprint(normalized),
                    normalized,
                    statements(dialect, sql, tokens));
        } catch (NotUnderstood e) {
            return opaque(dialect, sql, e.why());
        } catch (StackOverflowError e) {
            return opaque(dialect, sql, "the text is nested too deeply");
        } catch (RuntimeException e) {
            // A fault in here must not become a way in: what analysis fails on is refused.
            return opaque(dialect, sql, FAULT + e.getClass().getSimpleName());
        }
    }

    private List<StatementFacts> statements(Dialect dialect, String sql, List<Token> tokens)
            throws NotUnderstood {
        List<StatementFacts> statements = new ArrayList<>();
        StatementReader reader = new StatementReader(dialect, sql, limits);
        for (List<Token> slice : Splitter.split(dialect, tokens)) {
            int start = slice.isEmpty() ? 0 : slice.getFirst().start();
            int end = slice.isEmpty() ? 0 : slice.getLast().end();
            statements.add(Conditional.read(reader, slice).finish(start, end));
        }
        return statements;
    }

    private static Facts opaque(Dialect dialect, String sql, String why) {
        Draft draft = new Draft().verb(Verb.UNKNOWN);
        draft.notUnderstood(why);
        // Literals cannot be told from the rest here, so the audit gets the reason, not the text.
        String normalized = "not understood: " + why;
        return new Facts(
                dialect,
                LiteralFree.fingerprint(sql.length() > SHOWN ? sql.substring(0, SHOWN) : sql),
                normalized,
                List.of(draft.finish(0, sql.length())));
    }
}
