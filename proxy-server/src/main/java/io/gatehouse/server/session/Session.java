package io.gatehouse.server.session;

import io.gatehouse.server.wire.Frontend;

/** One authenticated client. All methods are called on the client's event loop only. */
public interface Session {
    /** One decoded message, in order of arrival. Never blocks, never throws. */
    void on(Frontend message);

    /** The outbound buffer fell below its low-water mark, or rose above the high one. */
    void writabilityChanged(boolean writable);

    /** The connection is gone: running work is cancelled, an open transaction rolled back. */
    void disconnected();
}
