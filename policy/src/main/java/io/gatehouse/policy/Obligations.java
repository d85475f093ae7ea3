package io.gatehouse.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What has to be kept while an allowed text runs: the strictest of all rules that matched.
 *
 * @param readOnly the backend has to be read-only
 * @param maxRows most rows of each result; 0 for no limit
 * @param maxBytes most bytes of the answer; 0 for no limit
 * @param bytesRule the rule that says so; {@code ""} for none
 * @param timeout longest run; {@link Duration#ZERO} for no limit
 * @param replica a replica answers where that is safe
 * @param cache for how long the broker may keep the answer, where nothing but a change of data
 *     could change it; {@link Duration#ZERO} for not at all
 * @param rates every one has to hold
 * @param observed rules in observe mode, each with what it would have done
 * @param masks for each statement what is masked; empty where nothing is, in any
 */
public record Obligations(
        boolean readOnly,
        long maxRows,
        long maxBytes,
        String bytesRule,
        Duration timeout,
        boolean replica,
        Duration cache,
        List<RateLimit> rates,
        List<String> observed,
        List<Optional<MaskPlan>> masks) {

    /** Without masks, at the primary. */
    public Obligations(
            boolean readOnly,
            long maxRows,
            long maxBytes,
            String bytesRule,
            Duration timeout,
            List<RateLimit> rates,
            List<String> observed) {
        this(
                readOnly,
                maxRows,
                maxBytes,
                bytesRule,
                timeout,
                false,
                Duration.ZERO,
                rates,
                observed,
                List.of());
    }

    /** Nothing. */
    public static final Obligations NONE =
            new Obligations(false, 0, 0, "", Duration.ZERO, List.of(), List.of());

    public Obligations {
        rates = List.copyOf(rates);
        observed = List.copyOf(observed);
        masks = List.copyOf(masks);
    }

    /**
     * The masks that the texts show, each as a column of a result and the word of its algorithm.
     */
    public List<String> masked() {
        if (masks.isEmpty()) {
            return List.of();
        }
        return masks.stream().flatMap(Optional::stream).flatMap(p -> p.told().stream()).toList();
    }

    /** The same for one statement of the text. */
    public Obligations ofStatement(int index) {
        return masks.isEmpty()
                ? this
                : new Obligations(
                        readOnly,
                        maxRows,
                        maxBytes,
                        bytesRule,
                        timeout,
                        replica,
                        cache,
                        rates,
                        observed,
                        masks.get(index).isEmpty() ? List.of() : List.of(masks.get(index)));
    }
}
