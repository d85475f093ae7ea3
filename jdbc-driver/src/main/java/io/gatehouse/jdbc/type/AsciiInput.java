package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.wire.BlockInput;

import java.io.IOException;
import java.io.Reader;

/** A text as ASCII; a question mark stands for each character that has none. */
public final class AsciiInput extends BlockInput {
    private static final int LAST = 0x7f;

    private final Reader text;
    private final char[] characters = new char[8192];
    private int at;
    private int end;

    /** What is left of a text. */
    public AsciiInput(Reader text) {
        this.text = text;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, text.read(characters));
            if (end == 0) {
                return -1;
            }
        }
        int n = Math.min(count, end - at);
        for (int i = 0; i < n; i++) {
            char c = characters[at++];
            into[offset + i] = (byte) (c > LAST ? '?' : c);
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
