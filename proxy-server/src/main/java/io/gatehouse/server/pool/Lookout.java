package io.gatehouse.server.pool;

import io.gatehouse.server.fault.Fault;

/** Looks whether a backend is back, for nobody in particular. */
final class Lookout implements LeaseTask {
    private static final Lookout TASK = new Lookout();

    private Lookout() {}

    /** Whether the backend of a pool can be reached, as far as is known. Never blocks. */
    static boolean reachable(Pool pool, long now) {
        PoolFigures.Circuit circuit = pool.backends().circuit(now);
        if (circuit.state() == PoolFigures.Circuit.State.OPEN && circuit.probeNanos() == 0) {
            // Of those who come at once, the breaker lets one try.
            pool.borrow(TASK, "", "", pool.target().pool().patience());
        }
        return circuit.state() == PoolFigures.Circuit.State.CLOSED;
    }

    @Override
    public void run(Lease lease) {
        lease.release();
    }

    @Override
    public void refused(Fault fault) {
        // The circuit stays open, which is all that anyone wants to know.
    }
}
