package io.gatehouse.jdbc.wire;

import java.io.IOException;

/** Bytes that are not the protocol: the connection cannot go on. */
public final class ProtocolFault extends IOException {
    private static final long serialVersionUID = 1L;

    /** A fault; the message never quotes values. */
    public ProtocolFault(String message) {
        super(message);
    }
}
