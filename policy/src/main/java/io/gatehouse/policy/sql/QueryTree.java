package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;

import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.UnsupportedStatement;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** Parses one statement from its canonical text. */
final class QueryTree {
    /** To make a lexer costs more than to use it. */
    private static final Queue<CanonicalLexer> IDLE =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    private QueryTree() {}

    /** The tree, or {@code null} where the parser does not know the syntax. */
    static @Nullable Statement parse(Dialect dialect, List<Token> tokens) {
        CanonicalLexer idle = IDLE.poll();
        CanonicalLexer lexer = idle == null ? new CanonicalLexer() : idle;
        lexer.read(Canonical.text(dialect, tokens));
        try {
            Statement statement = new CanonicalParser(lexer).Statement();
            lexer.read("");
            IDLE.offer(lexer);
            return statement instanceof UnsupportedStatement ? null : statement;
        } catch (ParseException
                | TokenMgrException
                | IllegalArgumentException
                | NullPointerException
                | IndexOutOfBoundsException
                | ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | StackOverflowError e) {
            // The parser throws more than it declares; each means that there is no tree.
            return null;
        }
    }
}
