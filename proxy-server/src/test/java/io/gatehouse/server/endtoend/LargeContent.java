package io.gatehouse.server.endtoend;

import java.io.InputStream;
import java.util.zip.CRC32;

/** So many bytes that do not repeat soon, and their sum. */
final class LargeContent extends InputStream {
    private final CRC32 sum = new CRC32();
    private final boolean text;
    private final Runnable whenRead;
    private long left;
    private long state = 42;

    LargeContent(long size, boolean text, Runnable whenRead) {
        this.left = size;
        this.text = text;
        this.whenRead = whenRead;
    }

    /** Of all of them, which must have been read. */
    long sum() {
        if (left != 0) {
            throw new AssertionError(left + " bytes were not read");
        }
        return sum.getValue();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
        if (left == 0) {
            return -1;
        }
        int n = (int) Math.min(count, left);
        for (int i = 0; i < n; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            int b = (int) (state >>> 33);
            into[offset + i] = (byte) (text ? ' ' + (b & 0x3F) : b);
        }
        left -= n;
        sum.update(into, offset, n);
        whenRead.run();
        return n;
    }
}
