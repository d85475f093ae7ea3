package io.gatehouse.server.audit;

import java.time.Instant;
import java.util.List;

/**
 * One statement that a client asked for. Holds no literal and no parameter value: the statement is
 * its literal-free text.
 *
 * @param time when the statement arrived
 * @param session the session's id
 * @param user who asked
 * @param address from where
 * @param door {@code driver} or {@code postgresql}
 * @param connection the logical connection
 * @param application what the client calls itself; empty where it says nothing
 * @param traceparent the trace that the statement belongs to; empty where the client named none
 * @param fingerprint of the literal-free text
 * @param statement the literal-free text; cut by the writer above {@value #MAX_TEXT} characters
 * @param verdict what the gate said
 * @param rule the rule that decided
 * @param policyVersion of the policy that decided
 * @param sqlState five characters; {@code 00000} on success
 * @param rows rows sent, or changed where the statement returns none
 * @param millis from arrival to the end of the answer
 * @param waitMillis of these, waiting for a backend connection
 * @param observed rules in observe mode, each with what it would have done
 * @param approvals who approved it, each as the approval's id and a name
 * @param masks which columns of its results were masked, each with how
 * @param pins why the session held its backend connection; empty where it did not
 */
public record AuditRecord(
        Instant time,
        String session,
        String user,
        String address,
        String door,
        String connection,
        String application,
        String traceparent,
        String fingerprint,
        String statement,
        Verdict verdict,
        String rule,
        String policyVersion,
        String sqlState,
        long rows,
        double millis,
        double waitMillis,
        List<String> observed,
        List<String> approvals,
        List<String> masks,
        List<String> pins) {
    static final int MAX_TEXT = 16 * 1024;

    public AuditRecord {
        observed = List.copyOf(observed);
        approvals = List.copyOf(approvals);
        masks = List.copyOf(masks);
        pins = List.copyOf(pins);
    }

    /** What the gate said. */
    public enum Verdict {
        ALLOW,
        DENY,
        /** Whoever asked has to confirm. */
        CONFIRM,
        /** Somebody else has to approve. */
        APPROVE,
        /** Somebody has approved what another person asked for. */
        APPROVED,
        /** Somebody has rejected what another person asked for. */
        REJECTED
    }
}
