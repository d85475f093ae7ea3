package io.gatehouse.policy;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Trait;
import io.gatehouse.policy.rule.FactName;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one text: its facts, and the last answer about it. It belongs to one policy, so
 * that no answer outlives the rules that gave it. Safe for many threads.
 */
final class Analysis {
    private final Facts facts;
    private final int[] holding;
    private final boolean moves;
    private volatile @Nullable Answer last;

    /** An answer, and everything that it depended on besides the text. */
    private record Answer(
            Standing standing, SearchPath path, boolean readOnlySession, Decision decision) {}

    private Analysis(Facts facts, int[] holding) {
        this.facts = facts;
        this.holding = holding;
        this.moves = facts.severalStatements() && movesPath(facts);
    }

    static Analysis of(Facts facts) {
        int[] holding = new int[facts.statements().size()];
        int i = 0;
        for (StatementFacts statement : facts.statements()) {
            holding[i++] = FactName.holding(facts, statement);
        }
        return new Analysis(facts, holding);
    }

    /** Whether a part may change where the next part's tables are. */
    private static boolean movesPath(Facts facts) {
        for (StatementFacts statement : facts.statements()) {
            boolean opaque =
                    statement.traits().contains(Trait.OPAQUE)
                            || statement.traits().contains(Trait.UNKNOWN_FUNCTION)
                            || !statement.understood();
            if (opaque || !(statement.effect() instanceof SessionEffect.None)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The analysis of another text that does the same. It has answers of its own: what is masked
     * depends on the text, in which even a string may be a name.
     */
    Analysis as(Facts others) {
        return new Analysis(others, holding);
    }

    Facts facts() {
        return facts;
    }

    int[] holding() {
        return holding;
    }

    /** Where tables without a schema are for all of the text. */
    SearchPath path(SearchPath ofSession) {
        return moves ? SearchPath.UNKNOWN : ofSession;
    }

    /** The last answer, if it was to the same question. */
    @Nullable Decision remembered(Standing standing, Question question) {
        Answer answer = last;
        return answer != null
                        && answer.standing.equals(standing)
                        && answer.readOnlySession == question.readOnlySession()
                        && answer.path.equals(question.path())
                ? answer.decision
                : null;
    }

    void remember(Standing standing, Question question, Decision decision) {
        last = new Answer(standing, question.path(), question.readOnlySession(), decision);
    }
}
