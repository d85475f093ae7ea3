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
        return read(dialect, sql).analyzed().facts();
    }

    /** The first step of the analysis, which is much the smaller one. */
    public Reading read(Dialect dialect, String sql) {
        if (sql.length() > limits.maxCharacters()) {
            return unread(
                    dialect,
                    sql,
                    "the text is longer than " + limits.maxCharacters() + " characters");
        }
        try {
            List<Token> tokens = new Scanner(dialect, sql, limits.maxTokens()).scan();
            return new Reading(this, dialect, sql, tokens, "");
        } catch (NotUnderstood e) {
            return unread(dialect, sql, e.why());
        } catch (RuntimeException e) {
            return unread(dialect, sql, FAULT + e.getClass().getSimpleName());
        }
    }

    private Reading unread(Dialect dialect, String sql, String why) {
        return new Reading(this, dialect, sql, List.of(), why);
    }

    Reading.Analyzed analyzed(Dialect dialect, String sql, List<Token> tokens) {
        try {
            String normalized = LiteralFree.text(tokens);
            List<StatementFacts> statements = new ArrayList<>();
            StatementReader reader = new StatementReader(dialect, sql, limits);
            boolean free = true;
            for (List<Token> slice : Splitter.split(dialect, tokens)) {
                int start = slice.isEmpty() ? 0 : slice.getFirst().start();
                int end = slice.isEmpty() ? 0 : slice.getLast().end();
                Draft draft = Conditional.read(reader, slice);
                free &= draft.freeOfValues();
                statements.add(draft.finish(start, end));
            }
            return new Reading.Analyzed(
                    facts(dialect, normalized, normalized, statements),
                    free && statements.size() == 1);
        } catch (NotUnderstood e) {
            return new Reading.Analyzed(opaque(dialect, sql, e.why()), false);
        } catch (StackOverflowError e) {
            return new Reading.Analyzed(
                    opaque(dialect, sql, "the text is nested too deeply"), false);
        } catch (RuntimeException e) {
            // A fault in here must not become a way in: what analysis fails on is refused.
            return new Reading.Analyzed(
                    opaque(dialect, sql, FAULT + e.getClass().getSimpleName()), false);
        }
    }

    static Facts opaque(Dialect dialect, String sql, String why) {
        Draft draft = new Draft().verb(Verb.UNKNOWN);
        draft.notUnderstood(why);
        // Literals cannot be told from the rest here, so the audit gets the reason, not the text.
        String normalized = "not understood: " + why;
        String shown = sql.length() > SHOWN ? sql.substring(0, SHOWN) : sql;
        return facts(dialect, shown, normalized, List.of(draft.finish(0, sql.length())));
    }

    private static Facts facts(
            Dialect dialect,
            String fingerprinted,
            String normalized,
            List<StatementFacts> statements) {
        return new Facts(
                dialect,
                LiteralFree.fingerprint(fingerprinted),
                normalized,
                LiteralFree.fingerprint(Visible.text(statements)),
                statements);
    }
}
