package io.gatehouse.server.session;

import io.gatehouse.server.fault.Fault;

import org.jspecify.annotations.Nullable;

/** Told of everything that has to be on record; audit and metrics stand behind it. Thread-safe. */
public interface Ledger {
    /**
     * One statement, allowed or refused. Called on an event loop: it must not block.
     *
     * @param traceparent the trace that it belongs to; empty for none
     * @param fingerprint empty where the request had no text of its own
     * @param normalized the text without its literals
     * @param rule the rule that allowed or refused
     * @param fault null for success
     * @param rows returned or changed
     * @param nanos from its start to its end
     * @param waitNanos of these, waiting for a backend connection
     */
    record Entry(
            SessionView session,
            String door,
            String traceparent,
            String fingerprint,
            String normalized,
            boolean allowed,
            String rule,
            String policyVersion,
            @Nullable Fault fault,
            long rows,
            long nanos,
            long waitNanos) {}

    void statement(Entry entry);

    void opened(SessionView session);

    void closed(SessionView session);
}
