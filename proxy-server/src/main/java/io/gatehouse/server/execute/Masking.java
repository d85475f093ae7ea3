package io.gatehouse.server.execute;

import io.gatehouse.policy.MaskPlan;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.PolicyFaults;
import io.gatehouse.server.gate.Permitted;
import io.gatehouse.server.pool.Lease;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** Finds out whether a call comes near masked columns. */
final class Masking {
    private Masking() {}

    /** A sink that masks, or {@code null} where the call has nothing to do with masks. */
    static @Nullable MaskedSink over(Lease lease, Call call, RowSink sink, MaskedValues values) {
        List<Optional<MaskPlan>> plans = plans(call);
        if (plans.isEmpty()) {
            return null;
        }
        if (plans.size() > 1) {
            // Which result is which statement's could not be told.
            throw new GatehouseException(PolicyFaults.maskedAlone());
        }
        Withheld withheld = new Withheld(lease.kind().dialect());
        return plans.getFirst().map(p -> new MaskedSink(sink, p, values, withheld)).orElse(null);
    }

    private static List<Optional<MaskPlan>> plans(Call call) {
        return switch (call) {
            case Call.Run run -> plans(run.text().permitted());
            case Call.Batch batch -> plans(batch.text().permitted());
            case Call.Describe describe -> plans(describe.text().permitted());
            case Call.BatchTexts texts -> ofBatch(texts.texts());
            default -> List.of();
        };
    }

    private static List<Optional<MaskPlan>> plans(Permitted permitted) {
        return permitted.obligations().masks();
    }

    /** A batch of texts gives counts only, so that any of the plans does. */
    private static List<Optional<MaskPlan>> ofBatch(List<Permitted> texts) {
        for (Permitted text : texts) {
            List<Optional<MaskPlan>> plans = plans(text);
            if (!plans.isEmpty()) {
                return plans;
            }
        }
        return List.of();
    }
}
