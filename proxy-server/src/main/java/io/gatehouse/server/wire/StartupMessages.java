package io.gatehouse.server.wire;

import io.gatehouse.server.fault.PlainFaults;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what a client sends before it is known. */
final class StartupMessages {
    private static final int CANCEL = 80877102;
    private static final int SSL = 80877103;
    private static final int GSS_ENC = 80877104;
    private static final int MAJOR_VERSION = 3;

    private StartupMessages() {}

    static Frontend read(BodyReader body) {
        int code = body.int32();
        return switch (code) {
            case CANCEL -> new Frontend.CancelRequest(body.int32(), body.int32());
            case SSL -> new Frontend.SslRequest();
            case GSS_ENC -> new Frontend.GssEncRequest();
            default -> startup(code >>> 16, code & 0xFFFF, body);
        };
    }

    private static Frontend startup(int major, int minor, BodyReader body) {
        if (major != MAJOR_VERSION) {
            throw new ProtocolViolation(PlainFaults.unsupportedProtocol(major, minor));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name = body.cstring(); !name.isEmpty(); name = body.cstring()) {
            parameters.put(name, body.cstring());
        }
        return new Frontend.Startup(parameters, minor);
    }

    static Frontend saslInitial(BodyReader body) {
        return new Frontend.SaslInitial(body.cstring(), body.value());
    }
}
