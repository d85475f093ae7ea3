package io.gatehouse.server.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement that a client asked for. Holds no parameter value, and no literal but those of
 * {@code sql}, which is empty unless somebody wants it on record.
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
 * @param sql the text as the client sent it, or {@code ""}; cut as the statement is
 * @param dialect whose SQL it was read as
 * @param facts a digest of what rules could see of it
 * @param groups the groups of the user
 * @param role the role at the database; empty where nobody knew
 * @param labels the labels of the connection
 * @param searchPath where tables without a schema were; empty where nobody knew
 * @param verdict what the gate said
 * @param rule the rule that decided
 * @param policyVersion of the policy that decided
 * @param sqlState five characters; {@code 00000} on success
 * @param rows rows sent, or changed where the statement returns none
 * @param millis from arrival to the end of the answer
 * @param waitMillis of these, waiting for a backend connection
 * @param backend which server answered: {@code primary} or a replica; empty where none was asked
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
        String sql,
        String dialect,
        String facts,
        Set<String> groups,
        String role,
        Set<String> labels,
        List<String> searchPath,
        Verdict verdict,
        String rule,
        String policyVersion,
        String sqlState,
        long rows,
        double millis,
        double waitMillis,
        String backend,
        List<String> observed,
        List<String> approvals,
        List<String> masks,
        List<String> pins) {
    static final int MAX_TEXT = 16 * 1024;

    public AuditRecord {
        groups = Set.copyOf(groups);
        labels = Set.copyOf(labels);
        searchPath = List.copyOf(searchPath);
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
        REJECTED;

        private final String key = name().toLowerCase(Locale.ROOT);

        /** The word in the record. */
        String key() {
            return key;
        }
    }
}
