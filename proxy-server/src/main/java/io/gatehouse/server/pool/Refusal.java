package io.gatehouse.server.pool;

import io.gatehouse.server.fault.Fault;

/** No connection can be had, and why. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    Refusal(Fault fault) {
        super(fault.message(), null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
