package io.gatehouse.jdbc.wire;

import java.util.Map;

/** A message from the driver while a connection opens: a closed family, each immutable. */
public abstract class Opening {
    private static final int PROTOCOL_3_0 = 3 << 16;

    private Opening() {}

    /** Writes this as one frame. */
    public abstract void write(FrameWriter out);

    /** The kind of the message only: it may hold a proof. */
    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }

    /** Who wants what. */
    public static final class Startup extends Opening {
        private final Map<String, String> parameters;

        public Startup(Map<String, String> parameters) {
            this.parameters = parameters;
        }

        @Override
        public void write(FrameWriter out) {
            out.beginUntyped().int32(PROTOCOL_3_0);
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                out.cString(parameter.getKey()).cString(parameter.getValue());
            }
            out.int8(0).end();
        }
    }

    /** The first message of a SASL exchange. */
    public static final class SaslFirst extends Opening {
        private final String mechanism;
        private final byte[] message;

        public SaslFirst(String mechanism, byte[] message) {
            this.mechanism = mechanism;
            this.message = message;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('p').cString(mechanism).value(message).end();
        }
    }

    /** A later message of a SASL exchange. */
    public static final class SaslNext extends Opening {
        private final byte[] message;

        public SaslNext(byte[] message) {
            this.message = message;
        }

        @Override
        public void write(FrameWriter out) {
            out.begin('p').raw(message).end();
        }
    }
}
