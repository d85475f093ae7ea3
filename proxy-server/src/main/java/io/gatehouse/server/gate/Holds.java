package io.gatehouse.server.gate;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Demand;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.PolicyFaults;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Lets go of what policy holds once somebody has confirmed or approved it. Thread-safe. */
public final class Holds {
    private final Confirmations confirmations;
    private final Approvals approvals;

    public Holds(Signer signer, InstantSource clock, Approvals approvals) {
        this.confirmations = new Confirmations(signer, clock);
        this.approvals = approvals;
    }

    /** What came of a hold. */
    sealed interface Outcome {
        /**
         * @param approvals each as its id and who approved, or that it was confirmed
         */
        record Free(List<String> approvals) implements Outcome {}

        /**
         * @param missing what has to come first
         * @param rule the rule that asks for it
         */
        record Held(Demand.Kind missing, String rule, Fault fault) implements Outcome {}
    }

    /**
     * @param policyVersion of the policy that holds it
     */
    Outcome of(Decision.Hold hold, Asking asking, String sql, String policyVersion) {
        Asker asker = asking.asker();
        Demand first = hold.demands().getFirst();
        if (hold.facts().severalStatements()) {
            // Its parts are decided on one by one, and nobody could tell what was agreed to.
            return new Outcome.Held(
                    first.kind(),
                    first.rule(),
                    PolicyFaults.heldAlone(first.rule(), first.reason()));
        }
        TextHash text = TextHash.of(sql, asking);
        Approvals.Asked asked = new Approvals.Asked(asking, sql, text, hold.facts(), policyVersion);
        List<String> by = new ArrayList<>();
        List<Demand> confirm = new ArrayList<>();
        for (Demand demand : hold.demands()) {
            switch (demand.kind()) {
                case APPROVE -> {
                    switch (approvals.ask(demand, asked)) {
                        case Approvals.Answer.Approved yes -> by.add(yes.id() + " by " + yes.by());
                        case Approvals.Answer.Refused no -> {
                            return new Outcome.Held(demand.kind(), demand.rule(), no.fault());
                        }
                    }
                }
                case CONFIRM -> confirm.add(demand);
            }
        }
        if (confirm.isEmpty()) {
            return new Outcome.Free(List.copyOf(by));
        }
        if (confirmations.confirmed(confirm, asker, text)) {
            by.add("confirmed by " + asker.user());
            return new Outcome.Free(List.copyOf(by));
        }
        Demand demand = confirm.getFirst();
        return new Outcome.Held(
                demand.kind(), demand.rule(), confirmations.needed(confirm, asker, text));
    }
}
