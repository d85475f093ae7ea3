package io.gatehouse.server.session;

import io.gatehouse.policy.fact.SessionEffect;
import io.gatehouse.policy.fact.StatementFacts;
import io.gatehouse.policy.fact.Verb;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.PlainFaults;

import org.jspecify.annotations.Nullable;

/** What a plain client may not ask for over a JDBC connection, whatever the policy says. */
final class PlainRules {
    private PlainRules() {}

    /** Whether a statement may run in a failed transaction. */
    private static boolean endsFailed(StatementFacts facts) {
        return switch (facts.verb()) {
            case COMMIT, ROLLBACK, ROLLBACK_TO, EMPTY -> true;
            default -> false;
        };
    }

    /**
     * Why this door does not run a statement now; null when it does.
     *
     * @param implicit whether the open transaction is one that the client has not begun
     */
    static @Nullable Fault refusal(StatementFacts facts, SessionState state, boolean implicit) {
        if (state.reported() == TransactionState.FAILED && !endsFailed(facts)) {
            return Faults.failedTransaction();
        }
        if (facts.verb() == Verb.COPY) {
            return PlainFaults.noCopy();
        }
        boolean savepoint =
                facts.effect() instanceof SessionEffect.Saves
                        || facts.effect() instanceof SessionEffect.Releases
                        || facts.effect() instanceof SessionEffect.RollsBackTo;
        if (savepoint && (implicit || !state.block())) {
            return PlainFaults.onlyInTransaction(facts.verb().name().replace('_', ' '));
        }
        if (facts.effect() instanceof SessionEffect.Sets sets) {
            return refusal(sets);
        }
        return null;
    }

    private static @Nullable Fault refusal(SessionEffect.Sets sets) {
        for (SessionEffect.Setting setting : sets.settings()) {
            boolean fixed =
                    switch (setting.name()) {
                        case "client_encoding", "datestyle", "standard_conforming_strings" -> true;
                        default -> false;
                    };
            String value = ServerParameters.unquoted(setting.valueText());
            if (fixed && !value.equalsIgnoreCase("default")) {
                Fault fault = ServerParameters.refuse(setting.name(), value);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    /** The broker speaks UTF8 to clients whatever the backend is told. */
    static boolean setsEncoding(StatementFacts facts) {
        return facts.effect() instanceof SessionEffect.Sets sets
                && facts.verb() == Verb.SET
                && sets.settings().stream().allMatch(s -> s.name().equals("client_encoding"));
    }
}
