package io.gatehouse.server.wire;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Reads PostgreSQL's messages of a session. */
final class PlainMessages {
    private PlainMessages() {}

    static Frontend read(int type, BodyReader body) {
        return switch (type) {
            case 'Q' -> new Frontend.Query(body.cstring());
            case 'P' -> new Frontend.Parse(body.cstring(), body.cstring(), types(body));
            case 'B' -> bind(body);
            case 'D' -> new Frontend.Describe(target(body), body.cstring());
            case 'E' -> new Frontend.Execute(body.cstring(), maxRows(body));
            case 'C' -> new Frontend.Close(target(body), body.cstring());
            case 'S' -> new Frontend.Sync();
            case 'H' -> new Frontend.Flush();
            case 'F' -> functionCall(body);
            case 'd' -> new Frontend.CopyData(body.rest());
            case 'c' -> new Frontend.CopyDone();
            case 'f' -> new Frontend.CopyFail(body.cstring());
            case 'X' -> new Frontend.Terminate();
            default -> throw new ProtocolViolation("unknown message type " + type);
        };
    }

    private static Frontend.Target target(BodyReader body) {
        return switch (body.int8()) {
            case 'S' -> Frontend.Target.STATEMENT;
            case 'P' -> Frontend.Target.PORTAL;
            default -> throw new ProtocolViolation("neither a statement nor a portal");
        };
    }

    /** PostgreSQL takes a negative number for no limit, too. */
    private static int maxRows(BodyReader body) {
        return Math.max(0, body.int32());
    }

    private static List<Integer> types(BodyReader body) {
        int count = body.unsignedCount16(4);
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(body.int32());
        }
        return types;
    }

    private static Frontend bind(BodyReader body) {
        String portal = body.cstring();
        String statement = body.cstring();
        Formats formats = formats(body);
        List<@Nullable Bytes> values = values(body);
        if (!formats.fits(values.size())) {
            throw new ProtocolViolation(
                    "Bind has "
                            + formats.binary().size()
                            + " formats for "
                            + values.size()
                            + " values");
        }
        return new Frontend.Bind(portal, statement, formats, values, formats(body));
    }

    private static Formats formats(BodyReader body) {
        int count = body.unsignedCount16(2);
        if (count == 0) {
            return Formats.TEXT;
        }
        List<Boolean> binary = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            binary.add(format(body));
        }
        return new Formats(binary);
    }

    private static boolean format(BodyReader body) {
        return switch (body.int16()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new ProtocolViolation("a format that is neither text nor binary");
        };
    }

    private static List<@Nullable Bytes> values(BodyReader body) {
        int count = body.unsignedCount16(4);
        List<@Nullable Bytes> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(body.value());
        }
        return values;
    }

    private static Frontend functionCall(BodyReader body) {
        int function = body.int32();
        formats(body);
        values(body);
        format(body);
        return new Frontend.FunctionCall(function);
    }
}
