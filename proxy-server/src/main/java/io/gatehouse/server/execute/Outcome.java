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
     * @param byDriver whether the vendor's driver refused by itself, as it does without a broker:
     *     its server has heard of no error
     */
    record Failed(Fault fault, boolean connectionLost, boolean byDriver) implements Outcome {
        public Failed(Fault fault, boolean connectionLost) {
            this(fault, connectionLost, false);
        }
    }
}
