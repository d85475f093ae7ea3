package io.gatehouse.jdbc.type;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** No more than a number of the bytes of a stream. */
public final class PartInput extends FilterInputStream {
    private long left;

    /** The stream's next bytes, {@code most} at most. */
    public PartInput(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int b = super.read();
        left -= b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (left == 0) {
            return count == 0 ? 0 : -1;
        }
        int n = super.read(into, offset, (int) Math.min(count, left));
        left -= Math.max(n, 0);
        return n;
    }

    @Override
    public long skip(long count) throws IOException {
        long n = super.skip(Math.min(count, left));
        left -= n;
        return n;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, super.available());
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
