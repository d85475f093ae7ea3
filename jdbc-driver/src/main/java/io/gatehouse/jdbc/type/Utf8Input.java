package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.wire.BlockInput;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** A text as its bytes. */
public final class Utf8Input extends BlockInput {
    private final Reader text;
    private final char[] characters = new char[8192];
    private int kept;
    private byte[] bytes = new byte[0];
    private int at;

    /** The bytes of what is left of a text. */
    public Utf8Input(Reader text) {
        this.text = text;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (at == bytes.length && !fill()) {
            return -1;
        }
        int n = Math.min(count, bytes.length - at);
        System.arraycopy(bytes, at, into, offset, n);
        at += n;
        return n;
    }

    private boolean fill() throws IOException {
        int got = text.read(characters, kept, characters.length - kept);
        int all = kept + Math.max(got, 0);
        if (all == 0) {
            return got == 0 && fill();
        }
        // Both halves of a character go together.
        kept = got > 0 && Character.isHighSurrogate(characters[all - 1]) ? 1 : 0;
        bytes = new String(characters, 0, all - kept).getBytes(StandardCharsets.UTF_8);
        characters[0] = characters[all - 1];
        at = 0;
        return bytes.length > 0 || fill();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
