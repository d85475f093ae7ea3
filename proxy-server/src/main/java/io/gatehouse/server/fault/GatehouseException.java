package io.gatehouse.server.fault;

/** Carries a {@link Fault} up to the place that can answer the client. */
public final class GatehouseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public GatehouseException(Fault fault) {
        super(fault.sqlState() + ": " + fault.text());
        this.fault = fault;
    }

    public GatehouseException(Fault fault, Throwable cause) {
        super(fault.sqlState() + ": " + fault.text(), cause);
        this.fault = fault;
    }

    /** What the client is told. */
    public Fault fault() {
        return fault;
    }
}
