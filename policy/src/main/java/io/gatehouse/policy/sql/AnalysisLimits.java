package io.gatehouse.policy.sql;

/**
 * Bounds of the work on one text. What is beyond them is not understood.
 *
 * @param maxCharacters longest text in characters
 * @param maxTokens most tokens of a text
 * @param maxParsedTokens most tokens of one statement that is given to the parser
 * @param maxNesting deepest nesting of parentheses
 */
public record AnalysisLimits(
        int maxCharacters, int maxTokens, int maxParsedTokens, int maxNesting) {

    /** Wide enough for a generated statement with thousands of values. */
    public static final AnalysisLimits DEFAULT =
            new AnalysisLimits(4_000_000, 500_000, 200_000, 48);
}
