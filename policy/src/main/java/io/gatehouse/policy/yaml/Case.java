package io.gatehouse.policy.yaml;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a policy is expected to say to a text.
 *
 * @param name what it is about
 * @param line where it stands, from 1
 * @param column where it stands, from 1
 * @param asker who asks
 * @param dialect whose SQL it is
 * @param path where tables are that the text names without a schema
 * @param at when; {@code null} for now
 * @param texts each of them is asked
 * @param expected the answer to each
 */
public record Case(
        String name,
        int line,
        int column,
        Asker asker,
        Dialect dialect,
        SearchPath path,
        @Nullable Instant at,
        List<String> texts,
        Expected expected) {
    public Case {
        texts = List.copyOf(texts);
    }

    /**
     * An answer; what is {@code null} is not looked at.
     *
     * @param decision {@code allow}, {@code deny}, {@code confirm} or {@code approve}
     * @param route {@code replica} or {@code primary}: where it may go by the rules
     * @param cache for how long the answer may be kept by the rules
     * @param observed the rules in observe mode that match
     * @param masks the masks, each as a column of the result and the word of its algorithm
     */
    public record Expected(
            String decision,
            @Nullable String rule,
            @Nullable Boolean readOnly,
            @Nullable Long maxRows,
            @Nullable Long maxBytes,
            @Nullable Duration timeout,
            @Nullable String route,
            @Nullable Duration cache,
            @Nullable List<String> observed,
            @Nullable List<String> masks) {}
}
