package io.gatehouse.server.session;

import io.gatehouse.server.execute.Call;
import io.gatehouse.server.kind.Branch;
import io.gatehouse.server.kind.Kind;
import io.gatehouse.server.kind.TwoPhase;
import io.gatehouse.server.wire.Frontend;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a request about branches of transactions over several databases puts to the gate, and what
 * is made of it then.
 */
record BranchRequest(List<String> texts, Request.Plan plan) {

    /** A step; null where the kind takes none. */
    static @Nullable BranchRequest of(Kind kind, Frontend.ExtBranch m) {
        TwoPhase how = kind.twoPhase().orElse(null);
        if (how == null) {
            return null;
        }
        Branch branch = Branch.of(m.format(), m.global().array(), m.qualifier().array());
        TwoPhase.Step step = step(m.step());
        String sql = how.sql(step, branch);
        return sql.isEmpty()
                ? new BranchRequest(
                        List.of(), (permitted, in) -> new Call.Branching(step, branch, null))
                : new BranchRequest(
                        List.of(sql),
                        (permitted, in) -> new Call.Branching(step, branch, permitted.getFirst()));
    }

    /** The question for branches that are prepared; null where the kind has none. */
    static @Nullable BranchRequest recovery(Kind kind) {
        TwoPhase how = kind.twoPhase().orElse(null);
        return how == null
                ? null
                : new BranchRequest(
                        List.of(how.recovery()),
                        (permitted, in) -> new Call.Recover(permitted.getFirst(), in));
    }

    private static TwoPhase.Step step(Frontend.BranchStep step) {
        return switch (step) {
            case START -> TwoPhase.Step.START;
            case JOIN -> TwoPhase.Step.JOIN;
            case RESUME -> TwoPhase.Step.RESUME;
            case END -> TwoPhase.Step.END;
            case SUSPEND -> TwoPhase.Step.SUSPEND;
            case PREPARE -> TwoPhase.Step.PREPARE;
            case COMMIT -> TwoPhase.Step.COMMIT;
            case COMMIT_ONE_PHASE -> TwoPhase.Step.COMMIT_ONE_PHASE;
            case ROLLBACK -> TwoPhase.Step.ROLLBACK;
            case ROLLBACK_PREPARED -> TwoPhase.Step.ROLLBACK_PREPARED;
        };
    }
}
