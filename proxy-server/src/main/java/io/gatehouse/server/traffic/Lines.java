package io.gatehouse.server.traffic;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream into lines without holding more than one of them. */
final class Lines {
    /** A statement of 16,384 characters, each of them escaped, twice; and what is around it. */
    private static final int LONGEST = 512 * 1024;

    private final InputStream in;
    private byte[] bytes = new byte[8 * 1024];
    private int length;
    private boolean tooLong;
    private long number;

    /** One line. */
    sealed interface Line {
        /** Its bytes, which hold until the next one. */
        record Whole(Bytes bytes) implements Line {
            boolean blank() {
                for (int i = 0; i < bytes.length(); i++) {
                    if (bytes.bytes()[i] > ' ' || bytes.bytes()[i] < 0) {
                        return false;
                    }
                }
                return true;
            }
        }

        record TooLong() implements Line {}
    }

    /** The first bytes of an array. */
    static final class Bytes {
        private final byte[] bytes;
        private final int length;

        private Bytes(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }
    }

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        int c = in.read();
        if (c < 0) {
            return false;
        }
        number++;
        for (; c >= 0 && c != '\n'; c = in.read()) {
            add((byte) c);
        }
        return true;
    }

    private void add(byte b) {
        if (length == LONGEST) {
            tooLong = true;
            return;
        }
        if (length == bytes.length) {
            byte[] more = new byte[Math.min(LONGEST, 2 * length)];
            System.arraycopy(bytes, 0, more, 0, length);
            bytes = more;
        }
        bytes[length++] = b;
    }

    /** From 1. */
    long number() {
        return number;
    }

    Line line() {
        return tooLong ? new Line.TooLong() : new Line.Whole(new Bytes(bytes, length));
    }
}
