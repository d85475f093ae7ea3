package io.gatehouse.server.gate;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.server.fault.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the gate says of a text. */
public sealed interface Verdict {
    record Granted(Permitted permitted) implements Verdict {}

    /**
     * @param asking who asked, and in what state the session was
     * @param sql the text as the client sent it
     * @param fault what the client is told
     * @param facts what the text does, for the audit
     * @param rule the rule that refused
     * @param policyVersion the content hash of the policy that refused
     * @param why what would change it
     * @param observed rules in observe mode, each with what it would have done
     */
    record Refused(
            Asking asking,
            String sql,
            Fault fault,
            Facts facts,
            String rule,
            String policyVersion,
            Why why,
            List<String> observed)
            implements Verdict {}

    /** What would change a refusal. */
    enum Why {
        DENIED,
        /** Whoever asks has to ask again, with the token. */
        CONFIRM,
        /** Somebody else has to approve. */
        APPROVE
    }

    /** The first refusal, if any text was refused. */
    static Optional<Refused> refusal(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Refused refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    /** The texts that may run, in their order. */
    static List<Permitted> granted(List<Verdict> verdicts) {
        List<Permitted> permitted = new ArrayList<>(verdicts.size());
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Granted granted) {
                permitted.add(granted.permitted());
            }
        }
        return permitted;
    }
}
