package io.gatehouse.jdbc.type;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Bytes of ASCII for a writer of texts. */
final class AsciiOutput extends OutputStream {
    private final Writer text;

    AsciiOutput(Writer text) {
        this.text = text;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        text.write(new String(from, offset, count, StandardCharsets.US_ASCII));
    }

    @Override
    public void flush() throws IOException {
        text.flush();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
