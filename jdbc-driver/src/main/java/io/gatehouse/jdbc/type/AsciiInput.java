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
        int n = 0;
        while (n == 0 && count > 0) {
            if (at == end) {
                at = 0;
                end = Math.max(0, text.read(characters));
                if (end == 0) {
                    return -1;
                }
            }
            while (n < count && at < end) {
                char c = characters[at++];
                if (!Character.isLowSurrogate(c)) {
                    into[offset + n++] = (byte) (c > LAST ? '?' : c);
                }
            }
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
