package io.gatehouse.jdbc.wire;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads one frame's body; never past its end. Not thread-safe. */
final class FrameReader {
    private final byte[] bytes;
    private int at;

    FrameReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int left() {
        return bytes.length - at;
    }

    int position() {
        return at;
    }

    int int8() throws ProtocolFault {
        need(1);
        return bytes[at++];
    }

    int int16() throws ProtocolFault {
        need(2);
        return (short) ((bytes[at++] & 0xff) << 8 | (bytes[at++] & 0xff));
    }

    int int32() throws ProtocolFault {
        need(4);
        int v =
                (bytes[at] & 0xff) << 24
                        | (bytes[at + 1] & 0xff) << 16
                        | (bytes[at + 2] & 0xff) << 8
                        | (bytes[at + 3] & 0xff);
        at += 4;
        return v;
    }

    long int64() throws ProtocolFault {
        long high = int32();
        return high << 32 | (int32() & 0xffffffffL);
    }

    /** A count of things that take at least {@code each} bytes, read from two bytes. */
    int count16(int each) throws ProtocolFault {
        return checkedCount(int16(), each);
    }

    /** A count of things that take at least {@code each} bytes, read from four bytes. */
    int count32(int each) throws ProtocolFault {
        return checkedCount(int32(), each);
    }

    private int checkedCount(int count, int each) throws ProtocolFault {
        if (count < 0 || (long) count * each > left()) {
            throw new ProtocolFault("A count does not fit its frame.");
        }
        return count;
    }

    String text() throws ProtocolFault {
        String text = nullableText();
        if (text == null) {
            throw new ProtocolFault("A text is null where none may be.");
        }
        return text;
    }

    @Nullable String nullableText() throws ProtocolFault {
        int length = int32();
        if (length == -1) {
            return null;
        }
        if (length < 0) {
            throw new ProtocolFault("A length is negative.");
        }
        need(length);
        String text = utf8(at, length);
        at += length;
        return text;
    }

    String cString() throws ProtocolFault {
        int end = at;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        if (end == bytes.length) {
            throw new ProtocolFault("A text does not end.");
        }
        String text = utf8(at, end - at);
        at = end + 1;
        return text;
    }

    /** Passes over a value. */
    void skipValue() throws ProtocolFault {
        int length = int32();
        if (length < -1) {
            throw new ProtocolFault("A length is negative.");
        }
        if (length > 0) {
            need(length);
            at += length;
        }
    }

    byte[] rest() {
        byte[] rest = new byte[left()];
        System.arraycopy(bytes, at, rest, 0, rest.length);
        at = bytes.length;
        return rest;
    }

    void end() throws ProtocolFault {
        if (left() != 0) {
            throw new ProtocolFault("A frame has left-over bytes.");
        }
    }

    private String utf8(int from, int length) throws ProtocolFault {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            ProtocolFault fault = new ProtocolFault("A text is not UTF-8.");
            fault.initCause(e);
            throw fault;
        }
    }

    private void need(int n) throws ProtocolFault {
        if (left() < n) {
            throw new ProtocolFault("A frame ends too early.");
        }
    }
}
