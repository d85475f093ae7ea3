package io.gatehouse.server.gate;

import io.gatehouse.policy.Obligations;
import io.gatehouse.policy.fact.Facts;
import io.gatehouse.policy.fact.StatementFacts;

import java.util.List;
import java.util.stream.IntStream;

/** A text that passed the gate; only this room can make one. Immutable. */
public final class Permitted {
    private final Asking asking;
    private final String sql;
    private final Facts facts;
    private final String rule;
    private final String policyVersion;
    private final Obligations obligations;
    private final List<String> approvals;
    private final Tab tab;

    Permitted(
            Asking asking,
            String sql,
            Facts facts,
            String rule,
            String policyVersion,
            Obligations obligations,
            List<String> approvals,
            Tab tab) {
        this.asking = asking;
        this.sql = sql;
        this.facts = facts;
        this.rule = rule;
        this.policyVersion = policyVersion;
        this.obligations = obligations;
        this.approvals = approvals;
        this.tab = tab;
    }

    /** Who asked, and in what state the session was. */
    public Asking asking() {
        return asking;
    }

    /** The text, exactly as the client sent it. */
    public String sql() {
        return sql;
    }

    /** What the text does. */
    public Facts facts() {
        return facts;
    }

    /** The name of the rule that allowed it. */
    public String rule() {
        return rule;
    }

    /** The content hash of the policy that allowed it. */
    public String policyVersion() {
        return policyVersion;
    }

    /** What the policy demands of its execution. */
    public Obligations obligations() {
        return obligations;
    }

    /** Who approved it, each as the approval's id and a name; empty where nobody had to. */
    public List<String> approvals() {
        return approvals;
    }

    /** Tells the limits that it has ended, and what it brought; only the first call counts. */
    public void settle(long rows, long bytes) {
        tab.settle(rows, bytes);
    }

    /** The text's statements, one permitted text each; none for an empty text. */
    public List<Permitted> parts() {
        return IntStream.range(0, facts.statements().size()).mapToObj(this::part).toList();
    }

    private Permitted part(int index) {
        StatementFacts statement = facts.statements().get(index);
        if (facts.statements().size() == 1) {
            return this;
        }
        Facts own =
                new Facts(
                        facts.dialect(),
                        facts.fingerprint(),
                        facts.normalized(),
                        facts.digest(),
                        List.of(statement));
        String text = sql.substring(statement.start(), statement.end());
        return new Permitted(
                asking,
                text,
                own,
                rule,
                policyVersion,
                obligations.ofStatement(index),
                approvals,
                tab);
    }

    @Override
    public String toString() {
        return "Permitted[" + facts.fingerprint() + " by " + rule + "]";
    }
}
