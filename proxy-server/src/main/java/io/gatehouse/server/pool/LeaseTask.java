package io.gatehouse.server.pool;

import io.gatehouse.server.fault.Fault;

/** What a borrower does with its answer. Exactly one of the methods is called, once. */
public interface LeaseTask {
    /** Called on a worker; the lease is the borrower's until it is released. */
    void run(Lease lease);

    /** Called on any thread, possibly before {@link Pool#borrow} returns. Must not block. */
    void refused(Fault fault);

    /** The checkout whose connection it would have again, if that is kept; 0 for none. */
    default long follows() {
        return 0;
    }
}
