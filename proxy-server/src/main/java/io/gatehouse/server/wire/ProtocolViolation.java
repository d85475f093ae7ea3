package io.gatehouse.server.wire;

import io.gatehouse.server.fault.Fault;
import io.gatehouse.server.fault.Faults;

/** The peer broke the protocol; what follows on its connection means nothing any more. */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    /**
     * @param what what was wrong, without any content of the message
     */
    public ProtocolViolation(String what) {
        this(Faults.protocolViolation(what));
    }

    public ProtocolViolation(Fault fault) {
        // Made by whoever the peer is, as often as it likes: no stack trace.
        super(fault.sqlState() + ": " + fault.text(), null, false, false);
        this.fault = fault;
    }

    /** What the peer is told before the connection ends. */
    public Fault fault() {
        return fault;
    }
}
