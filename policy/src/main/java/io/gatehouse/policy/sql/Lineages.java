package io.gatehouse.policy.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.Lineage;
import io.gatehouse.policy.fact.Origin;
import io.gatehouse.policy.fact.Output;

import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** From text to lineage. Never throws for any text; immutable and safe for many threads. */
public final class Lineages {
    /** PostgreSQL cuts names at so many bytes, and then takes two of them for one. */
    private static final int LONGEST_NAME = 63;

    private final AnalysisLimits limits;

    /** Spends no more on a text than {@code limits} allow. */
    public Lineages(AnalysisLimits limits) {
        this.limits = limits;
    }

    /** The lineage of each statement of a text. */
    public List<Lineage> of(Dialect dialect, String sql) {
        try {
            List<Token> tokens = new Scanner(dialect, sql, limits.maxTokens()).scan();
            List<Lineage> all = new ArrayList<>();
            for (List<Token> statement : Splitter.split(dialect, tokens)) {
                all.add(one(dialect, statement));
            }
            return List.copyOf(all);
        } catch (NotUnderstood e) {
            return List.of(Lineage.unread(e.why()));
        }
    }

    private Lineage one(Dialect dialect, List<Token> statement) {
        if (statement.isEmpty() || LineageWords.harmless(statement)) {
            return Lineage.NONE;
        }
        List<Token> tokens = unwrapped(statement);
        boolean query = !tokens.isEmpty() && tokens.size() <= limits.maxParsedTokens();
        if (!query) {
            return Lineage.unread("the statement is no query");
        }
        for (Token token : tokens) {
            if (token.conditional()) {
                return Lineage.unread("an executable comment");
            }
            if (token.identifier() && token.text().getBytes(UTF_8).length > LONGEST_NAME) {
                return Lineage.unread("a name that a server may cut short");
            }
        }
        try {
            Statement tree = QueryTree.parse(dialect, tokens);
            return tree == null ? unread(tokens) : lineage(dialect, tree, tokens);
        } catch (NotUnderstood e) {
            return Lineage.unread(e.why());
        } catch (StackOverflowError e) {
            return Lineage.unread("the statement is nested too deeply");
        } catch (RuntimeException e) {
            // A fault in here must not become a way around a mask.
            return Lineage.unread("analysis failed: " + e.getClass().getSimpleName());
        }
    }

    private static Lineage lineage(Dialect dialect, Statement tree, List<Token> tokens)
            throws NotUnderstood {
        LineageQueries queries = new LineageQueries(dialect);
        List<Output> outputs =
                tree instanceof Select select
                        ? queries.outputs(select, null)
                        : queries.changes().outputs(tree, null);
        Set<Origin> stored = new LinkedHashSet<>(queries.changes().stored());
        if (tree instanceof Select && keeps(tokens)) {
            stored.addAll(LineageScope.row(outputs));
            stored.addAll(queries.conditions());
        }
        Set<String> hidden = LineageCensus.hidden(tree, tokens);
        return new Lineage(outputs, stored, queries.conditions(), hidden, true);
    }

    /** A read that was not parsed keeps nothing, as far as its words tell. */
    private static Lineage unread(List<Token> tokens) {
        Lineage unread = Lineage.unread("the parser does not know the syntax");
        boolean reads = !keeps(tokens) && Reach.writeWord(tokens) < 0;
        return reads
                ? new Lineage(unread.outputs(), Set.of(), unread.conditions(), Set.of(), false)
                : unread;
    }

    /** SELECT INTO, and assignments to variables. */
    private static boolean keeps(List<Token> tokens) {
        for (Token token : tokens) {
            boolean assigns = token.kind() == Token.Kind.OPERATOR && token.text().equals(":=");
            if (token.is("INTO") || assigns) {
                return true;
            }
        }
        return false;
    }

    /** The statement in PREPARE, DECLARE CURSOR or EXPLAIN; any other as it is. */
    private static List<Token> unwrapped(List<Token> tokens) {
        if (tokens.isEmpty() || !wraps(tokens.getFirst())) {
            return tokens;
        }
        int depth = 0;
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.mark('(') ? 1 : token.mark(')') ? -1 : 0;
            if (depth == 0 && begins(token)) {
                return tokens.subList(i, tokens.size());
            }
        }
        return List.of();
    }

    private static boolean wraps(Token token) {
        return token.is("PREPARE") || token.is("DECLARE") || token.is("EXPLAIN");
    }

    private static boolean begins(Token token) {
        return token.is("SELECT")
                || token.is("VALUES")
                || token.is("TABLE")
                || token.is("INSERT")
                || token.is("UPDATE")
                || token.is("DELETE")
                || token.is("MERGE")
                || token.is("REPLACE")
                || token.is("WITH");
    }
}
