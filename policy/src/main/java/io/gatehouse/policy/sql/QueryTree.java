package io.gatehouse.policy.sql;

import io.gatehouse.policy.fact.Dialect;

import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.UnsupportedStatement;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Parses one statement from its canonical text. */
final class QueryTree {

    private QueryTree() {}

    /** The tree, or {@code null} where the parser does not know the syntax. */
    static @Nullable Statement parse(Dialect dialect, List<Token> tokens) {
        String canonical = Canonical.text(dialect, tokens);
        try {
            CCJSqlParser parser = new CCJSqlParser(canonical);
            parser.withAllowComplexParsing(true)
                    .withErrorRecovery(false)
                    .withUnsupportedStatements(false);
            Statement statement = parser.Statement();
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
