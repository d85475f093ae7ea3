package io.gatehouse.server.session;

import io.gatehouse.server.execute.RowSink;
import io.gatehouse.server.execute.TransactionState;
import io.gatehouse.server.fault.Fault;

/**
 * The answer to one request, in the words of its door. A worker writes rows; the event loop calls
 * {@link #done} or {@link #failed} once, at the end.
 */
interface Reply extends RowSink {
    /** Ends the answer well and sends what is not sent yet. */
    void done(TransactionState transaction);

    /** Ends the answer with a fault and sends what is not sent yet. */
    void failed(Fault fault, TransactionState transaction);

    /** Sends what was written so far, when the request is set aside. */
    void flush();

    /** Drops what was not sent: the client is gone. No worker may be writing any more. */
    void discard();

    /** What the client still wants. */
    Demand demand();

    /** How many rows were written, or changed as the backend counts them. */
    long rows();

    /** How many bytes of rows were written. */
    long bytes();

    /** The answer fails above so many bytes, as a rule of the policy says. */
    void atMost(long bytes, String rule);

    /** Told before a worker starts: whether {@link #awaitDemand} may be used. */
    void mayBlock(boolean allowed);
}
