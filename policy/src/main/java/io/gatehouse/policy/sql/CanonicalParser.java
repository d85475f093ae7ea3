package io.gatehouse.policy.sql;

import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.feature.FeatureConfiguration;

/**
 * The parser over a lexer of its own; what it says of a text that it does not know is not asked.
 */
final class CanonicalParser extends CCJSqlParser {
    private static final ParseException UNKNOWN = new ParseException();

    CanonicalParser(CanonicalLexer lexer) {
        super(lexer);
        withAllowComplexParsing(true).withErrorRecovery(false).withUnsupportedStatements(false);
    }

    @Override
    public FeatureConfiguration getConfiguration() {
        return token_source.configuration;
    }

    /** The parser would go through all that it tried once more, to tell what it expected. */
    @Override
    public ParseException generateParseException(String location) {
        return UNKNOWN;
    }
}
