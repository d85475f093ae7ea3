package io.gatehouse.server.wire;

import io.gatehouse.server.fault.ValueFaults;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the body of one message; never past its end, never more into memory than it holds. */
final class BodyReader {
    private final ByteBuf in;
    private final int end;

    /**
     * @param end the index after the body's last byte
     */
    BodyReader(ByteBuf in, int end) {
        this.in = in;
        this.end = end;
    }

    private void need(int bytes) {
        if (bytes > remaining()) {
            throw new ProtocolViolation("a message ends before its last field");
        }
    }

    int remaining() {
        return end - in.readerIndex();
    }

    /** The last check of each message. */
    void finish() {
        if (remaining() != 0) {
            throw new ProtocolViolation("left-over bytes after a message's last field");
        }
    }

    int int8() {
        need(1);
        return in.readByte();
    }

    boolean flag() {
        return switch (int8()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new ProtocolViolation("a boolean that is neither 0 nor 1");
        };
    }

    int int16() {
        need(2);
        return in.readShort();
    }

    int int32() {
        need(4);
        return in.readInt();
    }

    long int64() {
        need(8);
        return in.readLong();
    }

    int positive(String what) {
        int value = int32();
        if (value <= 0) {
            throw new ProtocolViolation(what + " must be above 0");
        }
        return value;
    }

    int notNegative(String what) {
        int value = int32();
        if (value < 0) {
            throw new ProtocolViolation(what + " must not be negative");
        }
        return value;
    }

    /** A constant by its place in an enumeration. */
    <T> T choice(T[] choices, int first) {
        int index = int8() - first;
        if (index < 0 || index >= choices.length) {
            throw new ProtocolViolation("a code that is not defined");
        }
        return choices[index];
    }

    /** An int16 count of things that have at least so many bytes each. */
    int count16(int leastBytes) {
        return checked(int16(), leastBytes);
    }

    /** PostgreSQL reads its own int16 counts without sign. */
    int unsignedCount16(int leastBytes) {
        return checked(int16() & 0xFFFF, leastBytes);
    }

    int count32(int leastBytes) {
        return checked(int32(), leastBytes);
    }

    private int checked(int count, int leastBytes) {
        if (count < 0 || (long) count * leastBytes > remaining()) {
            throw new ProtocolViolation("a count that does not fit its message");
        }
        return count;
    }

    /** A string up to its zero byte. */
    String cstring() {
        int zero = in.indexOf(in.readerIndex(), end, (byte) 0);
        if (zero < 0) {
            throw new ProtocolViolation("a string without its end");
        }
        String text = utf8(take(zero - in.readerIndex()));
        in.skipBytes(1);
        return text;
    }

    String text() {
        String text = nullableText();
        if (text == null) {
            throw new ProtocolViolation("a null where a text belongs");
        }
        return text;
    }

    @Nullable String nullableText() {
        byte[] bytes = nullableBytes();
        return bytes == null ? null : utf8(bytes);
    }

    @Nullable Bytes value() {
        byte[] bytes = nullableBytes();
        return bytes == null ? null : Bytes.of(bytes);
    }

    private byte @Nullable [] nullableBytes() {
        int length = int32();
        if (length == -1) {
            return null;
        }
        if (length < 0) {
            throw new ProtocolViolation("a negative length");
        }
        need(length);
        return take(length);
    }

    Bytes rest() {
        return Bytes.of(take(remaining()));
    }

    private byte[] take(int length) {
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    private static String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // Java replaces what is malformed; a replacement that was not sent as such gives it away.
        if (text.indexOf('\uFFFD') >= 0
                && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new ProtocolViolation(ValueFaults.notUtf8());
        }
        return text;
    }
}
