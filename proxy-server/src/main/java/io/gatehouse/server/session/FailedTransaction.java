package io.gatehouse.server.session;

import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.kind.TwoPhase;

import org.jspecify.annotations.Nullable;

/**
 * A transaction in which the client was told of an error that the backend knows nothing of. Where
 * the backend's own errors fail a transaction, such an error does too: a client that does not look
 * at errors must not commit what came before and after. Nor does anything run in one that is gone.
 */
final class FailedTransaction {
    private FailedTransaction() {}

    /** Notes that a request has failed; gives what its client is told of the transaction. */
    static TransactionState after(Request request, SessionState state) {
        boolean concerned =
                switch (request.fails) {
                    case NONE -> false;
                    case OPEN -> state.reported() != TransactionState.NONE;
                    case ANY -> true;
                };
        boolean known = state.transaction() == TransactionState.FAILED;
        if (concerned && !known && !request.endsTransaction) {
            state.failed();
        }
        return state.reported();
    }

    /** What such a transaction makes of a request; null where it means what it means elsewhere. */
    static Effects.@Nullable Plan plan(
            Request request, Call call, @Nullable StatementFacts only, SessionState state) {
        if (!state.failedForClient()) {
            return null;
        }
        return switch (call) {
            case Call.Ping ping -> null;
            case Call.Catalog catalog -> catalog.asksServer() ? refusal() : null;
            case Call.Branching step -> branch(request, step, state);
            case Call.Transact transact ->
                    switch (transact.action()) {
                        case ROLLBACK, ROLLBACK_TO -> null;
                        case COMMIT -> state.branch() == null ? commit(request, state) : null;
                        case SAVEPOINT, RELEASE -> refusal();
                    };
            case Call.Run run -> only == null ? refusal() : statement(request, only, state);
            case Call.Batch batch -> refusal();
            case Call.BatchTexts texts -> refusal();
            case Call.Describe describe -> refusal();
            case Call.Recover recover -> refusal();
        };
    }

    /** Nothing runs in a transaction that is gone; it can only be ended. */
    static Effects.Plan lost(Call call, @Nullable StatementFacts only, SessionState state) {
        SessionEffect effect = only == null ? SessionEffect.None.INSTANCE : only.effect();
        Call.Action action = call instanceof Call.Transact transact ? transact.action() : null;
        boolean leaves = call instanceof Call.Branching step && step.step().leaves();
        if (action == Call.Action.ROLLBACK
                || (effect instanceof SessionEffect.Ends ends && !ends.commit())) {
            state.ended(false);
            return new Effects.Plan.Answer(null);
        }
        if (action == Call.Action.COMMIT || leaves || effect instanceof SessionEffect.Ends) {
            state.ended(false);
            return new Effects.Plan.Refuse(Faults.transactionLost());
        }
        return new Effects.Plan.Refuse(Faults.failedTransaction());
    }

    private static Effects.Plan refusal() {
        return new Effects.Plan.Refuse(Faults.failedTransaction());
    }

    private static Effects.@Nullable Plan statement(
            Request request, StatementFacts statement, SessionState state) {
        return switch (statement.effect()) {
            case SessionEffect.RollsBackTo back -> null;
            case SessionEffect.Ends ends when !ends.commit() || state.branch() != null -> null;
            case SessionEffect.Ends ends when !ends.chain() -> {
                request.countless = true;
                yield commit(request, state);
            }
            default -> refusal();
        };
    }

    /** COMMIT of a failed transaction succeeds, and rolls back. */
    private static Effects.Plan commit(Request request, SessionState state) {
        if (state.transaction() == TransactionState.NONE) {
            state.ended(false);
            return new Effects.Plan.Answer(null);
        }
        return rollsBack(request, state, new Call.Transact(Call.Action.ROLLBACK, ""));
    }

    /** As where the server itself had failed the branch: its manager must not take it for kept. */
    private static Effects.@Nullable Plan branch(
            Request request, Call.Branching call, SessionState state) {
        TwoPhase.Step step = call.step();
        boolean keeps = step == TwoPhase.Step.PREPARE || step == TwoPhase.Step.COMMIT_ONE_PHASE;
        if (!keeps || !call.branch().equals(state.branch())) {
            return null;
        }
        request.verdict = Faults.failedBranch();
        Call back = new Call.Branching(TwoPhase.Step.ROLLBACK, call.branch(), null);
        return rollsBack(request, state, back);
    }

    private static Effects.Plan rollsBack(Request request, SessionState state, Call call) {
        request.endsTransaction = true;
        request.onSuccess = () -> state.ended(false);
        return new Effects.Plan.Perform(call);
    }
}
