package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Fault;

/** How a call ended. */
public sealed interface Outcome {
    /** All done. */
    record Finished() implements Outcome {}

    /**
     * The client's demand ran out; the cursor stays open on its lease until resumed or abandoned.
     */
    record Suspended(Cursor cursor) implements Outcome {}

    /**
     * @param connectionLost whether the backend connection is unusable: the lease is doomed and an
     *     open transaction gone
     */
    record Failed(Fault fault, boolean connectionLost) implements Outcome {}
}
