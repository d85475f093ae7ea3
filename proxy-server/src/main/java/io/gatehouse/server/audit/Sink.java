package io.gatehouse.server.audit;

import java.io.IOException;

/** Where lines go. Called by one thread at a time. */
interface Sink extends AutoCloseable {
    /** Writes whole lines and flushes them, all or (as far as the medium lets it) nothing. */
    void write(byte[] lines) throws IOException;

    @Override
    void close() throws IOException;
}
