package io.gatehouse.policy.rule;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * What a rule asks for where it lets a statement pass.
 *
 * @param readOnly the statement may not write
 * @param maxRows most rows of a result; 0 for no limit
 * @param maxBytes most bytes of an answer; 0 for no limit
 * @param timeout longest run; {@link Duration#ZERO} for no limit
 * @param quotas what may be used up together
 * @param masking which columns are masked; {@code null} for none
 * @param route which server it goes to
 * @param cache for how long its answer may be kept, {@link Duration#ZERO} for not at all; {@code
 *     null} where the rule says nothing of it
 */
public record Duty(
        boolean readOnly,
        long maxRows,
        long maxBytes,
        Duration timeout,
        List<Quota> quotas,
        @Nullable Masking masking,
        Route route,
        @Nullable Duration cache) {

    /** Which server a statement goes to. */
    public enum Route {
        /** The rule says nothing of it. */
        ANY,
        /** A replica where that is safe. */
        REPLICA,
        /** The connection's own, whatever other rules say. */
        PRIMARY
    }

    /** Asks for nothing. */
    public static final Duty NONE =
            new Duty(false, 0, 0, Duration.ZERO, List.of(), null, Route.ANY, null);

    public Duty {
        quotas = List.copyOf(quotas);
    }

    /** Whether nothing is asked for. */
    public boolean none() {
        return equals(NONE);
    }
}
