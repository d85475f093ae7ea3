package io.gatehouse.server.trace;

import java.time.Instant;

/**
 * What the broker did for one statement of a trace. Holds no parameter value and no literal.
 *
 * @param traceparent the W3C trace context that the client named
 * @param start when the statement arrived
 * @param nanos from arrival to the end of the answer
 * @param waitNanos of these, waiting for a backend connection
 * @param dialect whose SQL it was read as
 * @param verb what the statement does, e.g. {@code select}
 * @param statement the literal-free text
 * @param connection the logical connection
 * @param user who asked
 * @param application what the client calls itself; empty where it says nothing
 * @param backend which server answered; empty where none was asked
 * @param verdict what the gate said
 * @param rule the rule that decided
 * @param sqlState five characters; {@code 00000} on success
 * @param rows rows sent, or changed where the statement returns none
 */
public record StatementSpan(
        String traceparent,
        Instant start,
        long nanos,
        long waitNanos,
        String dialect,
        String verb,
        String statement,
        String connection,
        String user,
        String application,
        String backend,
        String verdict,
        String rule,
        String sqlState,
        long rows) {
    private static final int TRACE = 3;
    private static final int PARENT = 36;
    private static final int FLAGS = 53;
    private static final int END = 55;

    /** Whether the trace is recorded by whoever began it: the last bit of the flags. */
    public static boolean isSampled(String traceparent) {
        return traceparent.length() >= END
                && (Character.digit(traceparent.charAt(END - 1), 16) & 1) == 1;
    }

    String trace() {
        return traceparent.substring(TRACE, PARENT - 1);
    }

    String parent() {
        return traceparent.substring(PARENT, FLAGS - 1);
    }

    boolean failed() {
        return !sqlState.equals("00000");
    }
}
