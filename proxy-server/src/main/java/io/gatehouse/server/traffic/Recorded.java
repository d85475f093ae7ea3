package io.gatehouse.server.traffic;

import io.gatehouse.policy.fact.Dialect;
import io.gatehouse.policy.fact.SearchPath;
import io.gatehouse.policy.rule.Asker;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One audit record, as far as policy is concerned.
 *
 * @param time when the statement arrived
 * @param asker who asked
 * @param path where tables without a schema were
 * @param dialect whose SQL it is; {@code null} where the record does not say
 * @param fingerprint of the literal-free text
 * @param statement the literal-free text
 * @param sql the text as it was sent, or {@code ""}
 * @param facts a digest of what rules could see of it; {@code ""} where the record does not say
 * @param verdict what the gate said
 * @param rule the rule that decided
 * @param sqlState how it ended
 * @param agreed who approved or confirmed it
 */
public record Recorded(
        Instant time,
        Asker asker,
        SearchPath path,
        @Nullable Dialect dialect,
        String fingerprint,
        String statement,
        String sql,
        String facts,
        String verdict,
        String rule,
        String sqlState,
        List<String> agreed) {
    private static final String LIMIT_REACHED = "53400";

    public Recorded {
        agreed = List.copyOf(agreed);
    }

    /** Whether the gate let it pass. */
    public boolean allowed() {
        return verdict.equals("allow");
    }

    /** Whether it passed only because somebody had confirmed or approved it. */
    public boolean held() {
        return allowed() && !agreed.isEmpty();
    }

    /** Whether it is an approver's decision, which is no statement. */
    boolean decision() {
        return verdict.equals("approved") || verdict.equals("rejected");
    }

    /** Whether it was refused because others had used a limit up. */
    boolean limited() {
        return verdict.equals("deny") && sqlState.equals(LIMIT_REACHED);
    }

    /** Without the texts: they may hold literals. */
    @Override
    public String toString() {
        return "Recorded[" + time + ", " + fingerprint + ", " + verdict + " by " + rule + "]";
    }
}
