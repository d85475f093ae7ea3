package io.gatehouse.server.gate;

import io.gatehouse.policy.Demand;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.rule.Asker;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.PolicyFaults;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Statements that another person has to approve: bounded, in memory, each for one text, one user
 * and one connection. Thread-safe.
 */
public final class Approvals {
    /** A longer text could not be shown whole to whoever decides. */
    private static final int LONGEST = 16 * 1024;

    private static final int ID_BYTES = 6;

    /** One user fills no more than this part of what there is room for. */
    private static final int SHARES = 10;

    private final int most;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Key, Approval> known = new LinkedHashMap<>();

    private record Key(String user, String connection, String rule, String hash) {}

    /** What came of somebody's decision. */
    public sealed interface Outcome {
        record Done(Approval approval) implements Outcome {}

        /** There is no such approval, or not any more. */
        record Unknown() implements Outcome {}

        /** It has been decided already. */
        record TooLate(Approval approval) implements Outcome {}

        /** That person may not decide. */
        record NotYours(String why) implements Outcome {}
    }

    /**
     * @param most how many may be known at once
     */
    public Approvals(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** What is asked for, and by which policy it is judged. */
    record Asked(Asking asking, String sql, TextHash text, Facts facts, String policyVersion) {
        Asker asker() {
            return asking.asker();
        }
    }

    /** Who approved, or what the asker is told. */
    sealed interface Answer {
        record Approved(String id, String by) implements Answer {}

        record Refused(Fault fault) implements Answer {}
    }

    /** Looks for an approval; where there is none, one begins to wait. */
    synchronized Answer ask(Demand demand, Asked asked) {
        forgetOld();
        Asker asker = asked.asker();
        Key key = new Key(asker.user(), asker.connection(), demand.rule(), asked.text().hash());
        Approval found = known.get(key);
        if (found == null) {
            Fault full = full(asker, demand, asked.sql());
            if (full != null) {
                return new Answer.Refused(full);
            }
            found = waiting(demand, asked);
            known.put(key, found);
        }
        return switch (found.state()) {
            case Approval.State.Approved approved -> new Answer.Approved(found.id(), approved.by());
            case Approval.State.Rejected rejected ->
                    new Answer.Refused(
                            PolicyFaults.approvalRejected(
                                    demand.rule(), found.id(), rejected.by(), demand.wayForward()));
            case Approval.State.Waiting waiting ->
                    new Answer.Refused(
                            PolicyFaults.approvalNeeded(
                                    demand.rule(),
                                    demand.reason(),
                                    found.id(),
                                    demand.wayForward()));
        };
    }

    private @Nullable Fault full(Asker asker, Demand demand, String sql) {
        if (sql.length() > LONGEST) {
            return PolicyFaults.notApprovable(demand.rule(), LONGEST);
        }
        long own = known.values().stream().filter(a -> a.user().equals(asker.user())).count();
        return known.size() >= most || own >= Math.max(1, most / SHARES)
                ? PolicyFaults.tooManyApprovals(demand.rule())
                : null;
    }

    private Approval waiting(Demand demand, Asked asked) {
        Asker asker = asked.asker();
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new Approval(
                HexFormat.of().formatHex(id),
                asker.user(),
                asker.connection(),
                asker.address(),
                asker.application(),
                asker.role(),
                asked.asking().path().schemas(),
                demand.rule(),
                demand.reason(),
                asked.sql(),
                asked.facts().fingerprint(),
                asked.facts().normalized(),
                asked.policyVersion(),
                demand.terms(),
                new Approval.State.Waiting(),
                clock.instant().plus(demand.terms().validFor()));
    }

    private void forgetOld() {
        Instant now = clock.instant();
        known.values().removeIf(approval -> now.isAfter(approval.until()));
    }

    /** All that are known, oldest first. */
    public synchronized List<Approval> all() {
        forgetOld();
        return List.copyOf(known.values());
    }

    /**
     * Takes a person's decision.
     *
     * @param by who decides, proven
     * @param groups the groups of that person
     */
    public synchronized Outcome decide(String id, String by, Set<String> groups, boolean approves) {
        forgetOld();
        for (Map.Entry<Key, Approval> entry : known.entrySet()) {
            Approval approval = entry.getValue();
            if (!approval.id().equals(id)) {
                continue;
            }
            if (approval.user().equals(by)) {
                return new Outcome.NotYours("nobody approves what they asked for themselves");
            }
            if (!approval.terms().mayApprove(by, groups)) {
                return new Outcome.NotYours(
                        "rule \"" + approval.rule() + "\" does not name you among its approvers");
            }
            if (!(approval.state() instanceof Approval.State.Waiting)) {
                return new Outcome.TooLate(approval);
            }
            Approval.State state =
                    approves ? new Approval.State.Approved(by) : new Approval.State.Rejected(by);
            Approval decided =
                    approval.decided(state, clock.instant().plus(approval.terms().validFor()));
            entry.setValue(decided);
            return new Outcome.Done(decided);
        }
        return new Outcome.Unknown();
    }
}
