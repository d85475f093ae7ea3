package io.gatehouse.jdbc.type;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** No more than a number of the characters of a text. */
final class PartReader extends FilterReader {
    private long left;

    PartReader(Reader in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int offset, int count) throws IOException {
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
    public boolean markSupported() {
        return false;
    }
}
