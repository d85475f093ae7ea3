package io.gatehouse.server.wire;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the extension's messages (docs/protocol/PROTOCOL.md, section 4). */
final class ExtendedMessages {
    private static final int DIRECT = 1;
    private static final int CALL = 2;
    private static final int NO_ESCAPES = 4;

    private static final int IN = 1;
    private static final int INOUT = 2;
    private static final int OUT = 4;
    private static final int SIGNATURE_MIN = 17;

    /** Rows without parameters have no bytes that could bound their number. */
    private static final int MAX_EMPTY_ROWS = 1 << 20;

    /** The most bytes of either part of an Xid. */
    private static final int XID_BYTES = 64;

    private ExtendedMessages() {}

    static Frontend read(int type, BodyReader body) {
        return switch (type) {
            case 'a' -> prepare(body);
            case 'o' -> signature(body);
            case 'e' -> execute(body);
            case 'b' -> batch(body);
            case 'l' -> batchTexts(body);
            case 'm' -> new Frontend.ExtDescribe(request(body), statement(body));
            case 't' -> transact(body);
            case 'x' -> branch(body);
            case 'q' -> catalog(body);
            case 'i' -> new Frontend.ExtPing(request(body), timeout(body));
            case 's' -> settings(body);
            case 'k' -> close(body);
            case 'r' -> new Frontend.ExtCredit(request(body), body.positive("credit"));
            case 'v' -> piece(body);
            case 'n' -> new Frontend.ExtCancel(body.notNegative("request"));
            case 'X' -> new Frontend.Terminate();
            default -> throw new ProtocolViolation("unknown message type " + type);
        };
    }

    private static int request(BodyReader body) {
        return body.positive("request");
    }

    private static int statement(BodyReader body) {
        return body.positive("statement");
    }

    private static int timeout(BodyReader body) {
        return body.notNegative("timeout");
    }

    private static Frontend prepare(BodyReader body) {
        int statement = statement(body);
        int flags = body.int8();
        if ((flags & ~(DIRECT | CALL | NO_ESCAPES)) != 0) {
            throw new ProtocolViolation("a flag of Prepare that is not defined");
        }
        String sql = body.text();
        Frontend.Keys keys = body.choice(Frontend.Keys.values(), 0);
        return new Frontend.ExtPrepare(
                statement,
                (flags & DIRECT) != 0,
                (flags & CALL) != 0,
                (flags & NO_ESCAPES) == 0,
                sql,
                keys,
                texts(body, body.count16(4)));
    }

    private static Frontend signature(BodyReader body) {
        int statement = statement(body);
        int count = body.count16(SIGNATURE_MIN);
        List<Frontend.CallParameter> parameters = new ArrayList<>(count);
        int before = 0;
        for (int i = 0; i < count; i++) {
            Frontend.CallParameter next = callParameter(body);
            if (next.index() != 0 && (next.index() <= before || before < 0)) {
                throw new ProtocolViolation("call parameters that are not in order");
            }
            before = next.index() == 0 ? -1 : next.index();
            parameters.add(next);
        }
        return new Frontend.ExtSignature(statement, parameters);
    }

    private static Frontend.CallParameter callParameter(BodyReader body) {
        int mode = body.int8();
        if (mode != IN && mode != INOUT && mode != OUT) {
            throw new ProtocolViolation("a mode of a parameter that is not defined");
        }
        int index = body.int16();
        String name = body.text();
        if (index < 0 || (index == 0) == name.isEmpty()) {
            throw new ProtocolViolation("a parameter has either a number or a name");
        }
        return new Frontend.CallParameter(
                mode != OUT, mode != IN, index, name, body.int32(), body.int16(), body.text());
    }

    private static Frontend execute(BodyReader body) {
        int request = request(body);
        int statement = statement(body);
        Frontend.Expect expect = body.choice(Frontend.Expect.values(), 0);
        int timeout = timeout(body);
        long maxRows = body.int64();
        if (maxRows < 0) {
            throw new ProtocolViolation("max rows must not be negative");
        }
        int fetchRows = body.notNegative("fetch rows");
        int credit = body.notNegative("credit");
        List<Frontend.Value> values = values(body, body.count16(8));
        return new Frontend.ExtExecute(
                request, statement, expect, timeout, maxRows, fetchRows, credit, values);
    }

    private static List<Frontend.Value> values(BodyReader body, int count) {
        List<Frontend.Value> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(new Frontend.Value(body.int32(), body.value()));
        }
        return values;
    }

    private static Frontend batch(BodyReader body) {
        int request = request(body);
        int statement = statement(body);
        boolean last = body.flag();
        int timeout = timeout(body);
        int parameters = body.count16(0);
        int count = body.count32(0);
        if (parameters == 0 ? count > MAX_EMPTY_ROWS : count > body.remaining() / 8 / parameters) {
            throw new ProtocolViolation("a number of rows that does not fit its message");
        }
        List<List<Frontend.Value>> rows;
        if (parameters == 0) {
            rows = Collections.nCopies(count, List.of());
        } else {
            rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                rows.add(values(body, parameters));
            }
        }
        return new Frontend.ExtBatch(request, statement, last, timeout, rows);
    }

    private static Frontend batchTexts(BodyReader body) {
        int request = request(body);
        boolean last = body.flag();
        int timeout = timeout(body);
        return new Frontend.ExtBatchTexts(request, last, timeout, texts(body, body.count32(4)));
    }

    private static List<String> texts(BodyReader body, int count) {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(body.text());
        }
        return texts;
    }

    private static Frontend piece(BodyReader body) {
        int request = request(body);
        int parameter = body.int16();
        if (parameter < 0) {
            throw new ProtocolViolation("a parameter must not be negative");
        }
        Frontend.Following following = body.choice(Frontend.Following.values(), 0);
        Bytes bytes = body.value();
        if (bytes == null) {
            throw new ProtocolViolation("a piece without bytes");
        }
        return new Frontend.ExtPiece(request, parameter, following, bytes);
    }

    private static Frontend transact(BodyReader body) {
        int request = request(body);
        return new Frontend.ExtTransact(
                request, body.choice(Frontend.Action.values(), 1), body.text());
    }

    private static Frontend branch(BodyReader body) {
        int request = request(body);
        Frontend.BranchStep step = body.choice(Frontend.BranchStep.values(), 1);
        int format = body.int32();
        Bytes global = body.value();
        Bytes qualifier = body.value();
        if (global == null
                || qualifier == null
                || global.length() == 0
                || global.length() > XID_BYTES
                || qualifier.length() > XID_BYTES) {
            throw new ProtocolViolation("an identifier of a branch that is none");
        }
        return new Frontend.ExtBranch(request, step, format, global, qualifier);
    }

    private static Frontend catalog(BodyReader body) {
        int request = request(body);
        int credit = body.notNegative("credit");
        String method = body.text();
        int count = body.count16(1);
        List<@Nullable Object> arguments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            arguments.add(argument(body));
        }
        return new Frontend.ExtCatalog(request, credit, method, arguments);
    }

    private static @Nullable Object argument(BodyReader body) {
        return switch (body.int8()) {
            case 0 -> null;
            case 1 -> body.text();
            case 2 -> body.int32();
            case 3 -> body.flag();
            case 4 -> List.copyOf(texts(body, body.count16(4)));
            case 5 -> integers(body, body.count16(4));
            default -> throw new ProtocolViolation("an argument kind that is not defined");
        };
    }

    private static List<Integer> integers(BodyReader body, int count) {
        List<Integer> integers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            integers.add(body.int32());
        }
        return List.copyOf(integers);
    }

    private static Frontend settings(BodyReader body) {
        int count = body.count16(8);
        List<Frontend.Setting> settings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            settings.add(new Frontend.Setting(body.text(), body.nullableText()));
        }
        return new Frontend.ExtSettings(settings);
    }

    private static Frontend close(BodyReader body) {
        Frontend.Closing what = body.choice(Frontend.Closing.values(), 0);
        return new Frontend.ExtClose(what, body.positive("id"));
    }
}
