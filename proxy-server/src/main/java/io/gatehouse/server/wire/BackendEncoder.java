package io.gatehouse.server.wire;

import io.gatehouse.server.fault.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes messages to clients as bytes. Stateless. */
public final class BackendEncoder {
    private static final int VERSION_3_0 = 3 << 16;

    private BackendEncoder() {}

    /**
     * Appends one message. The memory of {@link Backend.Rows} is released; those of many bytes are
     * better sent as they are.
     */
    public static void write(Backend message, ByteBuf out) {
        if (message instanceof Backend.Rows rows) {
            out.writeBytes(rows.frames());
            rows.release();
            return;
        }
        int start = out.writerIndex();
        out.writeByte(type(message)).writeInt(0);
        body(message, out);
        out.setInt(start + 1, out.writerIndex() - start - 1);
    }

    private static char type(Backend message) {
        return switch (message) {
            case Backend.AuthenticationOk m -> 'R';
            case Backend.AuthenticationSasl m -> 'R';
            case Backend.AuthenticationSaslContinue m -> 'R';
            case Backend.AuthenticationSaslFinal m -> 'R';
            case Backend.NegotiateProtocolVersion m -> 'v';
            case Backend.ParameterStatus m -> 'S';
            case Backend.BackendKeyData m -> 'K';
            case Backend.ReadyForQuery m -> 'Z';
            case Backend.ErrorResponse m -> 'E';
            case Backend.NoticeResponse m -> 'N';
            case Backend.RowDescription m -> 'T';
            case Backend.CommandComplete m -> 'C';
            case Backend.EmptyQueryResponse m -> 'I';
            case Backend.ParseComplete m -> '1';
            case Backend.BindComplete m -> '2';
            case Backend.CloseComplete m -> '3';
            case Backend.ParameterDescription m -> 't';
            case Backend.NoData m -> 'n';
            case Backend.PortalSuspended m -> 's';
            case Backend.DataRows m -> 'D';
            case Backend.ExtRows m -> 'o';
            case Backend.ExtPart m -> 'p';
            case Backend.ExtWanted m -> 'r';
            case Backend.ExtColumns m -> 'h';
            case Backend.ExtEndRows m -> 'j';
            case Backend.ExtCount m -> 'u';
            case Backend.ExtBatchCounts m -> 'y';
            case Backend.ExtParameters m -> 'l';
            case Backend.ExtWarnings m -> 'f';
            case Backend.ExtDone m -> 'z';
            case Backend.ExtFailed m -> 'w';
            case Backend.ExtGoAway m -> 'g';
        };
    }

    private static void body(Backend message, ByteBuf out) {
        switch (message) {
            case Backend.AuthenticationOk m -> out.writeInt(0);
            case Backend.AuthenticationSasl m -> {
                out.writeInt(10);
                m.mechanisms().forEach(name -> cstring(out, name));
                out.writeByte(0);
            }
            case Backend.AuthenticationSaslContinue m ->
                    out.writeInt(11).writeBytes(m.data().array());
            case Backend.AuthenticationSaslFinal m -> out.writeInt(12).writeBytes(m.data().array());
            case Backend.NegotiateProtocolVersion m -> {
                // The whole version, as PostgreSQL sends it.
                out.writeInt(VERSION_3_0).writeInt(m.unsupported().size());
                m.unsupported().forEach(name -> cstring(out, name));
            }
            case Backend.ParameterStatus m -> {
                cstring(out, m.name());
                cstring(out, m.value());
            }
            case Backend.BackendKeyData m -> out.writeInt(m.processId()).writeInt(m.secretKey());
            case Backend.ReadyForQuery m -> out.writeByte(m.status().letter());
            case Backend.ErrorResponse m -> error(out, m.severity(), m.fault());
            case Backend.NoticeResponse m -> error(out, m.severity(), m.fault());
            case Backend.RowDescription m -> fields(out, m.fields());
            case Backend.CommandComplete m -> cstring(out, m.tag());
            case Backend.EmptyQueryResponse m -> {}
            case Backend.ParseComplete m -> {}
            case Backend.BindComplete m -> {}
            case Backend.CloseComplete m -> {}
            case Backend.ParameterDescription m -> {
                out.writeShort(m.types().size());
                m.types().forEach(out::writeInt);
            }
            case Backend.NoData m -> {}
            case Backend.PortalSuspended m -> {}
            case Backend.Rows m -> throw new IllegalStateException("rows are bytes already");
            case Backend.Extended m -> extended(m, out);
        }
    }

    private static void extended(Backend.Extended message, ByteBuf out) {
        switch (message) {
            case Backend.ExtColumns m -> columns(out, m);
            case Backend.ExtWanted m ->
                    out.writeInt(m.request()).writeShort(m.parameter()).writeInt(m.bytes());
            case Backend.ExtEndRows m -> out.writeInt(m.request()).writeByte(m.complete() ? 0 : 1);
            case Backend.ExtCount m -> out.writeInt(m.request()).writeLong(m.count());
            case Backend.ExtBatchCounts m -> {
                out.writeInt(m.request()).writeInt(m.counts().size());
                m.counts().forEach(out::writeLong);
            }
            case Backend.ExtParameters m -> parameters(out, m);
            case Backend.ExtWarnings m -> {
                out.writeInt(m.request());
                faults(out, m.warnings(), true);
            }
            case Backend.ExtDone m -> out.writeInt(m.request()).writeByte(m.status().letter());
            case Backend.ExtFailed m -> {
                out.writeInt(m.request()).writeByte(m.status().letter());
                faults(out, chain(m.fault()), false);
            }
            case Backend.ExtGoAway m -> {
                out.writeInt(m.millis());
                text(out, m.reason());
            }
        }
    }

    private static void error(ByteBuf out, String severity, Fault fault) {
        field(out, 'S', severity);
        field(out, 'V', severity);
        field(out, 'C', fault.sqlState().isEmpty() ? "XX000" : fault.sqlState());
        field(out, 'M', fault.message());
        if (!fault.hint().isEmpty()) {
            field(out, 'H', fault.hint());
        }
        for (Map.Entry<Character, String> more : fault.fields().entrySet()) {
            if ("SVCMH".indexOf(more.getKey()) < 0 && more.getKey() != 0) {
                field(out, more.getKey(), more.getValue());
            }
        }
        out.writeByte(0);
    }

    private static void field(ByteBuf out, char letter, String value) {
        out.writeByte(letter);
        cstring(out, value);
    }

    private static void fields(ByteBuf out, List<Backend.Field> fields) {
        out.writeShort(fields.size());
        for (Backend.Field field : fields) {
            cstring(out, field.name());
            out.writeInt(field.table())
                    .writeShort(field.attribute())
                    .writeInt(field.type())
                    .writeShort(field.size())
                    .writeInt(field.modifier())
                    .writeShort(field.binary() ? 1 : 0);
        }
    }

    private static void columns(ByteBuf out, Backend.ExtColumns message) {
        out.writeInt(message.request())
                .writeByte(message.kind().ordinal())
                .writeByte(message.full() ? 1 : 0);
        List<Backend.ExtColumn> columns = message.columns();
        if (columns == null) {
            out.writeShort(-1);
            return;
        }
        out.writeShort(columns.size());
        for (Backend.ExtColumn column : columns) {
            text(out, column.label());
            out.writeInt(column.type()).writeInt(column.jdbcType());
            text(out, column.typeName());
            out.writeInt(column.precision())
                    .writeInt(column.scale())
                    .writeInt(column.displaySize())
                    .writeByte(column.nullable())
                    .writeShort(column.bits());
            text(out, column.className());
            text(out, column.name());
            text(out, column.table());
            text(out, column.schema());
            text(out, column.catalog());
        }
    }

    private static void parameters(ByteBuf out, Backend.ExtParameters message) {
        out.writeInt(message.request()).writeShort(message.parameters().size());
        for (Backend.ExtParameter parameter : message.parameters()) {
            out.writeInt(parameter.type()).writeInt(parameter.jdbcType());
            text(out, parameter.typeName());
            text(out, parameter.className());
            out.writeInt(parameter.precision())
                    .writeInt(parameter.scale())
                    .writeByte(parameter.nullable())
                    .writeByte(parameter.signed() ? 1 : 0)
                    .writeByte(parameter.mode());
        }
    }

    private static List<Fault> chain(Fault first) {
        List<Fault> chain = new ArrayList<>();
        for (Fault f = first; f != null && chain.size() < Short.MAX_VALUE; f = f.next()) {
            chain.add(f);
        }
        return chain;
    }

    private static void faults(ByteBuf out, List<Fault> faults, boolean warnings) {
        out.writeShort(faults.size());
        for (Fault fault : faults) {
            out.writeByte(warnings ? 0 : fault.kind().ordinal());
            text(out, fault.sqlState().isEmpty() ? null : fault.sqlState());
            out.writeInt(fault.vendorCode());
            text(out, fault.text());
        }
    }

    private static void text(ByteBuf out, @Nullable String value) {
        int at = out.writerIndex();
        out.writeInt(-1);
        if (value != null) {
            out.setInt(at, ByteBufUtil.writeUtf8(out, value));
        }
    }

    /** A zero byte would end the string early: it is shown as a blank. */
    private static void cstring(ByteBuf out, String value) {
        ByteBufUtil.writeUtf8(out, value.indexOf('\0') < 0 ? value : value.replace('\0', ' '));
        out.writeByte(0);
    }
}
