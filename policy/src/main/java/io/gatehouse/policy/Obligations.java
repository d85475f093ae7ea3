package io.gatehouse.policy;

import java.time.Duration;
import java.util.List;

/**
 * What has to be kept while an allowed text runs: the strictest of all rules that matched.
 *
 * @param readOnly the backend has to be read-only
 * @param maxRows most rows of each result; 0 for no limit
 * @param maxBytes most bytes of the answer; 0 for no limit
 * @param bytesRule the rule that says so; {@code ""} for none
 * @param timeout longest run; {@link Duration#ZERO} for no limit
 * @param rates every one has to hold
 * @param observed rules in observe mode, each with what it would have done
 */
public record Obligations(
        boolean readOnly,
        long maxRows,
        long maxBytes,
        String bytesRule,
        Duration timeout,
        List<RateLimit> rates,
        List<String> observed) {

    /** Nothing. */
    public static final Obligations NONE =
            new Obligations(false, 0, 0, "", Duration.ZERO, List.of(), List.of());

    public Obligations {
        rates = List.copyOf(rates);
        observed = List.copyOf(observed);
    }
}
