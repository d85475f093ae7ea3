package io.gatehouse.jdbc.wire;

import io.gatehouse.jdbc.fault.Fault;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Turns a frame into its message. */
public final class Decoder {
    private static final int COLUMN_MIN = 51;
    private static final int PARAMETER_MIN = 27;
    private static final int FAULT_MIN = 13;

    private Decoder() {}

    /**
     * The message of a frame.
     *
     * @param type the frame's type byte
     * @param body all of its body, which the message keeps
     * @throws ProtocolFault if the bytes are not exactly one known message
     */
    public static BackendMessage decode(int type, byte[] body) throws ProtocolFault {
        FrameReader in = new FrameReader(body);
        BackendMessage message = read(type, body, in);
        in.end();
        return message;
    }

    private static BackendMessage read(int type, byte[] body, FrameReader in) throws ProtocolFault {
        switch (type) {
            case 'h':
                return columns(in);
            case 'o':
                return rows(body, in);
            case 'p':
                return part(body, in);
            case 'r':
                return wanted(in);
            case 'j':
                return new Reply.EndRows(id(in), in.int8() != 0);
            case 'u':
                return new Reply.Count(id(in), in.int64());
            case 'y':
                return batchCounts(in);
            case 'l':
                return parameters(in);
            case 'f':
                return new Reply.Warnings(id(in), faults(in, 0));
            case 'z':
                return new Reply.Done(id(in), state(in));
            case 'w':
                return failed(in);
            case 'g':
                return new Greeting.GoAway(in.int32(), in.text());
            case 'R':
                return new Greeting.Authentication(in.int32(), in.rest());
            case 'S':
                return new Greeting.ParameterStatus(in.cString(), in.cString());
            case 'K':
                return backendKeyData(in);
            case 'Z':
                return new Greeting.ReadyForQuery((char) in.int8());
            case 'v':
                return negotiate(in);
            case 'E':
                return report(true, in);
            case 'N':
                return report(false, in);
            default:
                throw new ProtocolFault("A message has the unknown type " + type + ".");
        }
    }

    private static int id(FrameReader in) throws ProtocolFault {
        int id = in.int32();
        if (id <= 0) {
            throw new ProtocolFault("A request id is not above 0.");
        }
        return id;
    }

    private static char state(FrameReader in) throws ProtocolFault {
        char state = (char) in.int8();
        if (state != 'I' && state != 'T' && state != 'E') {
            throw new ProtocolFault("A transaction state is none of I, T, E.");
        }
        return state;
    }

    private static Reply columns(FrameReader in) throws ProtocolFault {
        int id = id(in);
        int kind = in.int8();
        if (kind < Reply.Columns.RESULT || kind > Reply.Columns.CURSOR) {
            throw new ProtocolFault("Rows of an unknown kind.");
        }
        boolean full = in.int8() != 0;
        return new Reply.Columns(id, kind, full, columnList(in));
    }

    private static @Nullable List<Column> columnList(FrameReader in) throws ProtocolFault {
        int count = in.int16();
        if (count == -1) {
            return null;
        }
        if (count < 0 || (long) count * COLUMN_MIN > in.left()) {
            throw new ProtocolFault("A count does not fit its frame.");
        }
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(new Column(in));
        }
        return Collections.unmodifiableList(columns);
    }

    private static Reply rows(byte[] body, FrameReader in) throws ProtocolFault {
        int id = id(in);
        int count = in.int16();
        if (count < 0) {
            throw new ProtocolFault("A count is negative.");
        }
        int offset = in.position();
        skipValues(in);
        return Reply.Rows.whole(id, count, body, offset);
    }

    private static Reply part(byte[] body, FrameReader in) throws ProtocolFault {
        int id = id(in);
        boolean last = in.int8() != 0;
        int offset = in.position() + 4;
        in.skipValue();
        return Reply.Rows.part(id, last, body, offset);
    }

    private static Reply wanted(FrameReader in) throws ProtocolFault {
        int id = id(in);
        int parameter = in.int16();
        int bytes = in.int32();
        if (parameter < 0 || bytes <= 0) {
            throw new ProtocolFault("Something of a parameter is wanted that cannot be.");
        }
        return new Reply.Wanted(id, parameter, bytes);
    }

    /** The values are read where they lie; here only that they end where the frame does. */
    private static void skipValues(FrameReader in) throws ProtocolFault {
        while (in.left() > 0) {
            in.skipValue();
        }
    }

    private static Reply batchCounts(FrameReader in) throws ProtocolFault {
        int id = id(in);
        long[] counts = new long[in.count32(8)];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.int64();
        }
        return new Reply.BatchCounts(id, counts);
    }

    private static Reply parameters(FrameReader in) throws ProtocolFault {
        int id = id(in);
        int count = in.count16(PARAMETER_MIN);
        List<ParameterDescription> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(new ParameterDescription(in));
        }
        return new Reply.Parameters(id, Collections.unmodifiableList(parameters));
    }

    private static Reply failed(FrameReader in) throws ProtocolFault {
        int id = in.int32();
        if (id < 0) {
            throw new ProtocolFault("A request id is negative.");
        }
        return new Reply.Failed(id, state(in), faults(in, 1));
    }

    private static List<Fault> faults(FrameReader in, int atLeast) throws ProtocolFault {
        int count = in.count16(FAULT_MIN);
        if (count < atLeast) {
            throw new ProtocolFault("A failure without a fault.");
        }
        List<Fault> faults = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = in.int8();
            String sqlState = in.nullableText();
            int vendorCode = in.int32();
            faults.add(new Fault(kind, sqlState, vendorCode, in.text()));
        }
        return Collections.unmodifiableList(faults);
    }

    private static Greeting backendKeyData(FrameReader in) throws ProtocolFault {
        int process = in.int32();
        in.rest();
        return new Greeting.BackendKeyData(process);
    }

    private static Greeting negotiate(FrameReader in) throws ProtocolFault {
        int version = in.int32();
        int count = in.count32(1);
        List<String> unsupported = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            unsupported.add(in.cString());
        }
        return new Greeting.NegotiateProtocolVersion(
                version, Collections.unmodifiableList(unsupported));
    }

    private static Greeting report(boolean error, FrameReader in) throws ProtocolFault {
        String sqlState = "XX000";
        String message = "";
        int field = in.int8();
        while (field != 0) {
            String value = in.cString();
            if (field == 'C') {
                sqlState = value;
            } else if (field == 'M') {
                message = value;
            }
            field = in.int8();
        }
        return new Greeting.Report(error, sqlState, message);
    }
}
