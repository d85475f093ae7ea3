package io.gatehouse.server.wire;

import io.gatehouse.server.fault.Faults;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** Cuts what a client sends into frames and reads each as a message of its phase. Stateless. */
public final class FrontendDecoder {
    private static final String SASL = "p";
    private static final String PLAIN = "QPBDECSHFdcfX";
    private static final String EXTENDED = "aoeblmtxqiskrnvX";

    private FrontendDecoder() {}

    /**
     * Reads one message, or nothing when its bytes are not all there yet.
     *
     * @param limit the largest length field that is accepted, in bytes
     * @return null when more bytes are needed; then nothing was consumed
     * @throws ProtocolViolation as soon as the bytes at hand cannot become a message
     */
    public static @Nullable Frontend read(ByteBuf in, Phase phase, int limit) {
        return phase == Phase.STARTUP ? readStartup(in, limit) : readTyped(in, phase, limit);
    }

    private static @Nullable Frontend readStartup(ByteBuf in, int limit) {
        if (in.readableBytes() < 4) {
            return null;
        }
        int length = in.getInt(in.readerIndex());
        check(length, 8, limit);
        if (in.readableBytes() < length) {
            return null;
        }
        int end = in.readerIndex() + length;
        in.skipBytes(4);
        BodyReader body = new BodyReader(in, end);
        Frontend message = StartupMessages.read(body);
        body.finish();
        return message;
    }

    private static @Nullable Frontend readTyped(ByteBuf in, Phase phase, int limit) {
        if (!in.isReadable()) {
            return null;
        }
        int type = in.getByte(in.readerIndex());
        if (types(phase).indexOf(type) < 0) {
            throw new ProtocolViolation("no message of type " + type + " may be sent here");
        }
        if (in.readableBytes() < 5) {
            return null;
        }
        int length = in.getInt(in.readerIndex() + 1);
        check(length, 4, limit);
        if (in.readableBytes() - 1 < length) {
            return null;
        }
        int end = in.readerIndex() + 1 + length;
        in.skipBytes(5);
        BodyReader body = new BodyReader(in, end);
        Frontend message =
                switch (phase) {
                    case STARTUP -> throw new IllegalStateException("has no types");
                    case SASL_INITIAL -> StartupMessages.saslInitial(body);
                    case SASL_RESPONSE -> new Frontend.SaslResponse(body.rest());
                    case PLAIN -> PlainMessages.read(type, body);
                    case EXTENDED -> ExtendedMessages.read(type, body);
                };
        body.finish();
        return message;
    }

    private static String types(Phase phase) {
        return switch (phase) {
            case STARTUP -> "";
            case SASL_INITIAL, SASL_RESPONSE -> SASL;
            case PLAIN -> PLAIN;
            case EXTENDED -> EXTENDED;
        };
    }

    private static void check(int length, int least, int limit) {
        if (length < least) {
            throw new ProtocolViolation("a frame length of " + length);
        }
        if (length > limit) {
            throw new ProtocolViolation(Faults.frameTooLarge(length, limit));
        }
    }
}
