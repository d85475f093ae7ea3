package io.gatehouse.policy;

import java.time.Duration;
import java.util.List;

/**
 * What has to be kept while an allowed text runs: the strictest of all rules that matched.
 *
 * @param readOnly the backend has to be read-only
 * @param maxRows most rows of each result; 0 for no limit
 * @param timeout longest run; {@link Duration#ZERO} for no limit
 * @param rates every one has to hold
 * @param observed rules in observe mode that would have refused or limited
 */
public record Obligations(
        boolean readOnly,
        long maxRows,
        Duration timeout,
        List<RateLimit> rates,
        List<String> observed) {

    /** Nothing. */
    public static final Obligations NONE =
            new Obligations(false, 0, Duration.ZERO, List.of(), List.of());

    public Obligations {
        rates = List.copyOf(rates);
        observed = List.copyOf(observed);
    }
}
