package io.gatehouse.server.gate;

import io.gatehouse.policy.rule.Terms;

import java.time.Instant;
import java.util.List;

/**
 * A statement that waits for somebody's decision, or has got it.
 *
 * @param id by which people name it
 * @param user who asked
 * @param connection for which logical connection
 * @param address from where
 * @param application what the client calls itself
 * @param role the role at the database; {@code ""} where nobody knows
 * @param path where tables without a schema are; empty where nobody knows
 * @param rule which rule asks for the decision
 * @param reason why
 * @param statement the text, with its literals: whoever decides has to see them
 * @param fingerprint of the literal-free text
 * @param normalized the literal-free text
 * @param policyVersion of the policy that asks for the decision
 * @param terms who may decide, and how long that holds
 * @param state how far it is
 * @param until when it is forgotten
 */
public record Approval(
        String id,
        String user,
        String connection,
        String address,
        String application,
        String role,
        List<String> path,
        String rule,
        String reason,
        String statement,
        String fingerprint,
        String normalized,
        String policyVersion,
        Terms terms,
        State state,
        Instant until) {
    public Approval {
        path = List.copyOf(path);
    }

    /** How far an approval is. */
    public sealed interface State {
        record Waiting() implements State {}

        record Approved(String by) implements State {}

        record Rejected(String by) implements State {}
    }

    Approval decided(State now, Instant end) {
        return new Approval(
                id,
                user,
                connection,
                address,
                application,
                role,
                path,
                rule,
                reason,
                statement,
                fingerprint,
                normalized,
                policyVersion,
                terms,
                now,
                end);
    }

    /** Without the statement: its literals are the user's data. */
    @Override
    public String toString() {
        return "Approval[" + id + " by " + rule + ", " + fingerprint + ", " + state + "]";
    }
}
