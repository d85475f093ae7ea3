package io.gatehouse.server.traffic;

import io.gatehouse.policy.Policy;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.server.traffic.Retelling.Retold;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gathers what was allowed, and proposes rules that allow as much. Its memory is bounded by the
 * rules that it proposes.
 */
public final class Learning implements AuditFiles.Reader {
    private static final int MOST = 10_000;
    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::connection)
                    .thenComparing(Subject::group)
                    .thenComparing(Subject::name);

    private final Retelling retelling;
    private final boolean byUser;
    private final Map<Subject, Map<Deed, Proposal>> named = new TreeMap<>(ORDER);
    private final Map<Subject, Map<String, Span>> exact = new TreeMap<>(ORDER);
    private final Span all = new Span();
    private int size;
    private long notUnderstood;
    private long held;
    private long lost;
    private long beyond;

    /**
     * For whom a rule is.
     *
     * @param group whether it is a group, or else a user
     */
    record Subject(String connection, boolean group, String name) {}

    /**
     * @param reader a policy that reads the texts; its rules do not matter
     * @param byUser whether each user gets rules, or else each group
     */
    public Learning(Policy reader, boolean byUser) {
        this.retelling = new Retelling(reader);
        this.byUser = byUser;
    }

    @Override
    public void bad(String place, String why) {
        // Told when the proposal is held against the same lines.
    }

    @Override
    public void record(Recorded recorded) {
        if (!recorded.allowed()) {
            return;
        }
        if (recorded.held()) {
            held++;
            return;
        }
        switch (retelling.of(recorded)) {
            case Retold.Lost gone -> lost++;
            case Retold.Told(Facts facts) -> {
                if (facts.understood()) {
                    add(recorded, facts);
                } else {
                    notUnderstood++;
                }
            }
        }
    }

    private void add(Recorded recorded, Facts facts) {
        Subject subject = subject(recorded);
        if (Deed.nameable(facts)) {
            Deed deed = Deed.of(facts.statements().getFirst());
            Map<Deed, Proposal> deeds = named.computeIfAbsent(subject, s -> new LinkedHashMap<>());
            if (deeds.containsKey(deed) || room()) {
                deeds.computeIfAbsent(deed, d -> new Proposal()).add(recorded, facts);
                all.add(recorded);
            }
        } else {
            Map<String, Span> texts = exact.computeIfAbsent(subject, s -> new TreeMap<>());
            if (texts.containsKey(recorded.fingerprint()) || room()) {
                texts.computeIfAbsent(recorded.fingerprint(), f -> new Span()).add(recorded);
                all.add(recorded);
            }
        }
    }

    private boolean room() {
        if (size < MOST) {
            size++;
            return true;
        }
        beyond++;
        return false;
    }

    /** Who of several groups allowed it nobody knows, so that the rule is for the user then. */
    private Subject subject(Recorded recorded) {
        var groups = new TreeSet<>(recorded.asker().groups());
        boolean group = !byUser && groups.size() == 1;
        return new Subject(
                recorded.asker().connection(),
                group,
                group ? groups.first() : recorded.asker().user());
    }

    /** The proposal as a policy file. */
    public String policy() {
        return new AllowList(named, exact, all).text();
    }

    /** How many statements the proposal is made of. */
    public long statements() {
        return all.count();
    }

    /** Statements that people had to confirm or approve, which an allowing rule would end. */
    public long held() {
        return held;
    }

    /** Statements that were allowed although nobody knew what they do. */
    public long notUnderstood() {
        return notUnderstood;
    }

    /** Statements of which the record does not say enough. */
    public long lost() {
        return lost;
    }

    /** Statements for which there was no room any more. */
    public long beyond() {
        return beyond;
    }
}
