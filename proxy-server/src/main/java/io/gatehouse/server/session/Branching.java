package io.gatehouse.server.session;

import io.gatehouse.policy.fact.PinReason;
import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.server.execute.Call;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.TwoPhase;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the steps of branches of transactions over several databases mean for their session. Where
 * the backend has statements for them it judges their order, with its own errors; where a branch is
 * an ordinary transaction to it, the broker does.
 */
final class Branching {
    private Branching() {}

    /** Whether any of the texts is such a step: nobody would know then what they left. */
    static boolean inTexts(List<Permitted> permitted) {
        for (Permitted text : permitted) {
            for (StatementFacts statement : text.facts().statements()) {
                if (statement.effect() instanceof SessionEffect.TwoPhase) {
                    return true;
                }
            }
        }
        return false;
    }

    static Effects.Plan plan(Kind kind, SessionState state, Request request, Call.Branching call) {
        TwoPhase how = kind.twoPhase().orElseThrow();
        boolean judged = how.judgesOrder();
        boolean own = call.branch().equals(state.branch());
        TwoPhase.Step step = call.step();
        Fault misplaced = judged ? null : misplaced(state, step, own);
        if (misplaced != null) {
            return new Effects.Plan.Refuse(misplaced);
        }
        if (step == TwoPhase.Step.ROLLBACK && !judged && !own) {
            // It went as it failed.
            return new Effects.Plan.Answer(null);
        }
        if (step == TwoPhase.Step.START && state.branch() == null) {
            request.pins.add(PinReason.XA_BRANCH);
            request.onSuccess = () -> state.begin(call.branch());
        } else if (own && leaves(how, step)) {
            request.endsTransaction = true;
            request.onSuccess =
                    () ->
                            state.ended(
                                    step != TwoPhase.Step.ROLLBACK
                                            && step != TwoPhase.Step.ROLLBACK_PREPARED);
        }
        return new Effects.Plan.Perform(call);
    }

    /** Whether the session is out of its branch after the step. */
    private static boolean leaves(TwoPhase how, TwoPhase.Step step) {
        boolean stays = how.prepared() == TwoPhase.Prepared.STAYS;
        return switch (step) {
            case START, JOIN, RESUME, END, SUSPEND -> false;
            case PREPARE -> !stays;
            case COMMIT_ONE_PHASE, ROLLBACK -> true;
            case COMMIT, ROLLBACK_PREPARED -> stays;
        };
    }

    /** Why the broker refuses a step that no backend would; null where it does not. */
    private static @Nullable Fault misplaced(SessionState state, TwoPhase.Step step, boolean own) {
        boolean open = state.block() || state.transaction() != TransactionState.NONE;
        return switch (step) {
            case START -> open ? Faults.branchInTransaction() : null;
            case COMMIT, ROLLBACK_PREPARED -> open && !own ? Faults.branchInTransaction() : null;
            case JOIN, RESUME, END, SUSPEND, PREPARE, COMMIT_ONE_PHASE ->
                    own ? null : Faults.otherBranch();
            case ROLLBACK -> open && !own ? Faults.otherBranch() : null;
        };
    }
}
