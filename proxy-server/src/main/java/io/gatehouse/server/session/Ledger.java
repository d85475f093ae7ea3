package io.gatehouse.server.session;

import io.gatehouse.policy.fact.Facts;
import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.gate.Asking;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Told of everything that has to be on record; audit and metrics stand behind it. Thread-safe. */
public interface Ledger {
    /**
     * One statement, allowed or refused. Called on an event loop: it must not block.
     *
     * @param traceparent the trace that it belongs to; empty for none
     * @param asking who asked, and in what state the session was
     * @param sql the text as the client sent it
     * @param facts what it does
     */
    record Entry(
            SessionView session,
            String door,
            String traceparent,
            Asking asking,
            String sql,
            Facts facts,
            Judgement judgement,
            Ending ending,
            Source source) {
        /** Of the text without its literals. */
        public String fingerprint() {
            return facts.fingerprint();
        }

        /** The text without its literals. */
        public String normalized() {
            return facts.normalized();
        }

        /** Whether it passed the gate. */
        public boolean allowed() {
            return judgement.outcome() == Outcome.ALLOWED;
        }
    }

    /**
     * What the gate said, and why.
     *
     * @param rule the rule that allowed or refused
     * @param observed rules in observe mode, each with what it would have done
     * @param approvals who approved it
     * @param masks which columns of its results are masked, each with how
     */
    record Judgement(
            Outcome outcome,
            String rule,
            String policyVersion,
            List<String> observed,
            List<String> approvals,
            List<String> masks) {
        public Judgement {
            observed = List.copyOf(observed);
            approvals = List.copyOf(approvals);
            masks = List.copyOf(masks);
        }
    }

    /**
     * How it ended.
     *
     * @param fault null for success
     * @param rows returned or changed
     * @param nanos from its start to its end
     * @param waitNanos of these, waiting for a backend connection
     */
    record Ending(@Nullable Fault fault, long rows, long nanos, long waitNanos) {}

    /**
     * Where its answer came from.
     *
     * @param backend which server of the connection answered; empty where none was asked
     * @param cameBack whether a replica was asked in vain before
     * @param missed whether the answer would have been given without asking, had it been known
     */
    record Source(String backend, boolean cameBack, boolean missed) {
        /** No server was asked. */
        static final Source NONE = new Source("", false, false);
    }

    /** What the gate said. */
    enum Outcome {
        ALLOWED,
        DENIED,
        /** Whoever asked has to confirm. */
        CONFIRM,
        /** Somebody else has to approve. */
        APPROVE
    }

    void statement(Entry entry);

    void opened(SessionView session);

    void closed(SessionView session);
}
