package io.gatehouse.server.audit;

import java.io.IOException;
import java.io.OutputStream;

/** Lines into a stream that belongs to somebody else. */
final class StreamSink implements Sink {
    private final OutputStream stream;

    StreamSink(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public void write(byte[] lines) throws IOException {
        stream.write(lines);
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        stream.flush();
    }
}
