package io.gatehouse.server.gate;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.server.fault.Fault;

/** What the gate says of a text. */
public sealed interface Verdict {
    record Granted(Permitted permitted) implements Verdict {}

    /**
     * @param fault what the client is told
     * @param facts what the text does, for the audit
     * @param rule the rule that refused
     * @param policyVersion the content hash of the policy that refused
     */
    record Refused(Fault fault, Facts facts, String rule, String policyVersion)
            implements Verdict {}
}
