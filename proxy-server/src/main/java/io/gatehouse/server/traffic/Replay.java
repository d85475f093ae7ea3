package io.gatehouse.server.traffic;

import io.gatehouse.policy.Decision;
import io.gatehouse.policy.Demand;
import io.gatehouse.policy.Policy;
import io.gatehouse.policy.Question;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.server.traffic.Retelling.Retold;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds recorded traffic against a policy. Its memory is bounded by the changes that it names. */
public final class Replay implements AuditFiles.Reader {
    private static final int BAD_NAMED = 100;

    private final Policy policy;
    private final Retelling retelling;
    private final int most;
    private final Map<Change, Span> changes = new LinkedHashMap<>();
    private final Map<Retelling.Why, Long> lost = new EnumMap<>(Retelling.Why.class);
    private final List<String> bad = new ArrayList<>();
    private long badLines;
    private long alike;
    private long otherRule;
    private long otherwise;
    private long unnamed;
    private long limited;
    private long decisions;

    /**
     * What was said, or would be.
     *
     * @param verdict {@code allow}, {@code deny}, {@code confirm} or {@code approve}
     * @param rule the rule that decides
     */
    public record Outcome(String verdict, String rule) {}

    /** A change for all statements of one fingerprint on one connection. */
    public record Change(
            String connection, String fingerprint, String statement, Outcome was, Outcome now) {
        /** Whether the verdict itself changes, not only the rule that gives it. */
        public boolean verdict() {
            return !was.verdict().equals(now.verdict());
        }
    }

    /** A change and how much of the traffic it is. */
    public record Changed(Change change, Span span) {}

    /**
     * @param most how many changes are named; what is beyond is counted
     */
    public Replay(Policy policy, int most) {
        this.policy = policy;
        this.retelling = new Retelling(policy);
        this.most = most;
    }

    @Override
    public void bad(String place, String why) {
        badLines++;
        if (bad.size() < BAD_NAMED) {
            bad.add(place + ": " + why);
        }
    }

    @Override
    public void record(Recorded recorded) {
        if (recorded.decision()) {
            decisions++;
        } else if (recorded.limited()) {
            limited++;
        } else {
            switch (retelling.of(recorded)) {
                case Retold.Lost(Retelling.Why why) -> lost.merge(why, 1L, Long::sum);
                case Retold.Told(Facts facts) -> judge(recorded, facts);
            }
        }
    }

    private void judge(Recorded recorded, Facts facts) {
        Outcome was = new Outcome(recorded.verdict(), recorded.rule());
        Outcome now = outcome(recorded, policy.decide(question(recorded, facts), facts));
        if (now.equals(was)) {
            alike++;
            return;
        }
        Change change =
                new Change(
                        recorded.asker().connection(),
                        recorded.fingerprint(),
                        recorded.statement(),
                        was,
                        now);
        if (change.verdict()) {
            otherwise++;
        } else {
            otherRule++;
        }
        Span span = changes.get(change);
        if (span == null && changes.size() >= most) {
            unnamed++;
            return;
        }
        changes.computeIfAbsent(change, c -> new Span()).add(recorded);
    }

    private static Question question(Recorded recorded, Facts facts) {
        return new Question(
                recorded.asker(),
                facts.dialect(),
                recorded.path(),
                false,
                InstantSource.fixed(recorded.time()),
                facts.normalized());
    }

    private static Outcome outcome(Recorded recorded, Decision decision) {
        if (decision instanceof Decision.Hold hold && agreed(recorded, hold)) {
            return new Outcome("allow", hold.then().rule());
        }
        return new Outcome(decision.word(), decision.rule());
    }

    /** Whether people had said of it all that the hold asks for. */
    private static boolean agreed(Recorded recorded, Decision.Hold hold) {
        boolean confirmed = false;
        boolean approved = false;
        for (String each : recorded.agreed()) {
            boolean confirms = each.startsWith("confirmed by ");
            confirmed |= confirms;
            approved |= !confirms;
        }
        for (Demand demand : hold.demands()) {
            boolean met =
                    switch (demand.kind()) {
                        case CONFIRM -> confirmed;
                        case APPROVE -> approved;
                    };
            if (!met) {
                return false;
            }
        }
        return recorded.allowed();
    }

    /** The changes, those of the verdict first, the most frequent first among them. */
    public List<Changed> changes() {
        List<Changed> all = new ArrayList<>();
        changes.forEach((change, span) -> all.add(new Changed(change, span)));
        all.sort(
                Comparator.comparing((Changed c) -> !c.change().verdict())
                        .thenComparing(c -> -c.span().count()));
        return all;
    }

    /** Lines that are no records, the first of them by file and line. */
    public List<String> bad() {
        return List.copyOf(bad);
    }

    /** How many lines are no records. */
    public long badLines() {
        return badLines;
    }

    /** How many statements could not be judged again, by the reason why. */
    public Map<String, Long> lost() {
        Map<String, Long> byReason = new LinkedHashMap<>();
        lost.forEach((why, count) -> byReason.put(why.text(), count));
        return byReason;
    }

    /** Statements that get the same answer from the same rule. */
    public long alike() {
        return alike;
    }

    /** Statements that get the same answer from another rule. */
    public long otherRule() {
        return otherRule;
    }

    /** Statements that get another answer. */
    public long otherwise() {
        return otherwise;
    }

    /** Statements whose change is counted and not named. */
    public long unnamed() {
        return unnamed;
    }

    /** Statements that were refused because a limit was used up, which depends on the load. */
    public long limited() {
        return limited;
    }

    /** Records of approvers' decisions, which are no statements. */
    public long decisions() {
        return decisions;
    }
}
