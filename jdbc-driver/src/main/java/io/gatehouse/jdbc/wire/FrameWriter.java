package io.gatehouse.jdbc.wire;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes on their way out: whole frames, one behind the other. Not thread-safe. */
public final class FrameWriter {
    private static final int KEPT = 64 * 1024;

    private byte[] bytes = new byte[512];
    private int size;
    private int frameStart = -1;

    /** Begins a frame of a type. */
    FrameWriter begin(char type) {
        int8(type);
        frameStart = size;
        return int32(0);
    }

    /** Begins a frame without a type, as start-up messages are. */
    FrameWriter beginUntyped() {
        frameStart = size;
        return int32(0);
    }

    /** Ends the frame: its length is now known. */
    void end() {
        putInt(frameStart, size - frameStart);
        frameStart = -1;
    }

    FrameWriter int8(int v) {
        ensure(1);
        bytes[size++] = (byte) v;
        return this;
    }

    FrameWriter int16(int v) {
        ensure(2);
        bytes[size++] = (byte) (v >>> 8);
        bytes[size++] = (byte) v;
        return this;
    }

    FrameWriter int32(int v) {
        ensure(4);
        putInt(size, v);
        size += 4;
        return this;
    }

    FrameWriter int64(long v) {
        return int32((int) (v >>> 32)).int32((int) v);
    }

    FrameWriter text(@Nullable String v) {
        return v == null ? int32(-1) : value(v.getBytes(StandardCharsets.UTF_8));
    }

    /** A text that ends with a zero byte, as PostgreSQL's own messages have them. */
    FrameWriter cString(String v) {
        return raw(v.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    FrameWriter value(byte @Nullable [] v) {
        return v == null ? int32(-1) : int32(v.length).raw(v);
    }

    FrameWriter raw(byte[] v) {
        ensure(v.length);
        System.arraycopy(v, 0, bytes, size, v.length);
        size += v.length;
        return this;
    }

    /** How many bytes wait here. */
    public int size() {
        return size;
    }

    /** Forgets everything behind a size that this had before. */
    public void truncate(int toSize) {
        size = toSize;
        frameStart = -1;
    }

    /** Takes out everything behind a size that this had before. */
    public byte[] cutFrom(int atSize) {
        byte[] cut = Arrays.copyOfRange(bytes, atSize, size);
        size = atSize;
        return cut;
    }

    /** Puts whole frames behind the others. */
    public void append(byte[] frames) {
        raw(frames);
    }

    /** Writes everything out in one call and is empty again. */
    public void drainTo(OutputStream out) throws IOException {
        try {
            out.write(bytes, 0, size);
        } finally {
            clear();
        }
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void clear() {
        size = 0;
        frameStart = -1;
        if (bytes.length > KEPT) {
            bytes = new byte[KEPT];
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            long wanted = Math.max((long) bytes.length * 2, (long) size + more);
            if ((long) size + more > Integer.MAX_VALUE - 8) {
                throw new OutOfMemoryError("A frame cannot have 2 GiB.");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
    }

    private void putInt(int at, int v) {
        bytes[at] = (byte) (v >>> 24);
        bytes[at + 1] = (byte) (v >>> 16);
        bytes[at + 2] = (byte) (v >>> 8);
        bytes[at + 3] = (byte) v;
    }
}
