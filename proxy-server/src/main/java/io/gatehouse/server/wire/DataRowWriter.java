package io.gatehouse.server.wire;

import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.fault.ValueFaults;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.util.UUID;

/**
 * Writes PostgreSQL's DataRow messages, several into one buffer. A column of a type that PostgreSQL
 * does not have is best described to the client as text: every value method writes text there.
 */
public final class DataRowWriter implements RowWriter {
    /** Bounds what one take holds where rows are tiny. */
    private static final int MAX_ROWS = Short.MAX_VALUE;

    private final int[] types;
    private final boolean[] binary;
    private final boolean[] jsonb;
    private final ZoneId zone;
    private final RowBuffer buffer;
    private int column;
    private int lengthAt;

    /**
     * @param types of the columns, as the client was told
     * @param binary which columns are in binary format
     * @param zone the client's, for text of timestamps with time zone
     * @param chunkBytes after how many bytes the writer is full
     * @param rowLimit bytes above which a row is refused
     */
    public DataRowWriter(int[] types, boolean[] binary, ZoneId zone, int chunkBytes, int rowLimit) {
        if (types.length != binary.length) {
            throw new IllegalArgumentException("one format for each column");
        }
        this.types = types.clone();
        this.binary = new boolean[types.length];
        for (int i = 0; i < types.length; i++) {
            // What is text in both formats may take any value as text.
            this.binary[i] = binary[i] && !BinaryForm.isTextual(types[i]);
        }
        this.zone = zone;
        this.buffer = new RowBuffer(0, chunkBytes, rowLimit);
        this.jsonb = jsonbVersion(types, binary);
    }

    /** PostgreSQL's binary jsonb is a version byte and then the text. */
    private static boolean[] jsonbVersion(int[] types, boolean[] binary) {
        boolean[] version = new boolean[types.length];
        for (int i = 0; i < types.length; i++) {
            version[i] = binary[i] && types[i] == Types.JSONB;
        }
        return version;
    }

    @Override
    public void startRow() {
        buffer.startRow().writeByte('D').writeInt(0).writeShort(types.length);
        column = 0;
    }

    /** Which column the next value belongs to, from 0. */
    public int column() {
        return column;
    }

    /** Leaves room for a text's length. */
    private ByteBuf open() {
        ByteBuf out = buffer.out();
        lengthAt = out.writerIndex();
        out.writeInt(0);
        if (jsonb[column]) {
            out.writeByte(1);
        }
        return out;
    }

    private void close(ByteBuf out) {
        out.setInt(lengthAt, out.writerIndex() - lengthAt - 4);
        column++;
    }

    /** Most digits of a fraction of a second in this column's text. */
    private int fraction() {
        return switch (types[column]) {
            case Types.TIME, Types.TIMETZ, Types.TIMESTAMP, Types.TIMESTAMPTZ -> 6;
            default -> 9;
        };
    }

    @Override
    public void nul() {
        buffer.out().writeInt(-1);
        column++;
    }

    @Override
    public void bool(boolean value) {
        if (binary[column]) {
            BinaryForm.bool(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            if (types[column] == Types.BOOL) {
                out.writeByte(value ? 't' : 'f');
            } else {
                TextForm.ascii(out, value ? "true" : "false");
            }
            close(out);
        }
    }

    @Override
    public void int2(short value) {
        int8(value);
    }

    @Override
    public void int4(int value) {
        int8(value);
    }

    @Override
    public void int8(long value) {
        if (binary[column]) {
            BinaryForm.integer(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.integer(out, value);
            close(out);
        }
    }

    @Override
    public void float4(float value) {
        if (binary[column]) {
            BinaryForm.float4(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.float4(out, value);
            close(out);
        }
    }

    @Override
    public void float8(double value) {
        if (binary[column]) {
            BinaryForm.float8(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.float8(out, value);
            close(out);
        }
    }

    @Override
    public void numeric(BigDecimal value) {
        if (binary[column]) {
            BinaryForm.numeric(buffer.out(), types[column++], value);
        } else {
            NumericForm.check(value);
            ByteBuf out = open();
            TextForm.ascii(out, value.toPlainString());
            close(out);
        }
    }

    @Override
    public void numericSpecial(String value) {
        if (binary[column]) {
            BinaryForm.numericSpecial(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.ascii(out, value);
            close(out);
        }
    }

    @Override
    public void noDay(String value) {
        if (binary[column]) {
            throw new GatehouseException(ValueFaults.noBinaryDay(value));
        }
        ByteBuf out = open();
        TextForm.ascii(out, value);
        close(out);
    }

    @Override
    public void text(String value) {
        if (binary[column]) {
            throw new IllegalStateException(
                    "a column of wire type " + types[column] + " cannot carry text");
        }
        if (value.length() < RowsWriter.LONG_TEXT) {
            ByteBuf out = open();
            ByteBufUtil.writeUtf8(out, value);
            close(out);
        } else {
            int length = ByteBufUtil.utf8Bytes(value);
            buffer.reserve(length);
            ByteBuf out = open();
            ByteBufUtil.reserveAndWriteUtf8(out, value, length);
            close(out);
        }
    }

    @Override
    public void bytes(byte[] value) {
        if (binary[column]) {
            buffer.reserve(value.length);
            buffer.out().writeInt(value.length).writeBytes(value);
            column++;
        } else {
            buffer.reserve(Math.multiplyExact(2, Math.min(value.length, Integer.MAX_VALUE / 2)));
            ByteBuf out = open();
            TextForm.bytes(out, value);
            close(out);
        }
    }

    @Override
    public void uuid(UUID value) {
        if (binary[column]) {
            BinaryForm.uuid(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.ascii(out, value.toString());
            close(out);
        }
    }

    @Override
    public void date(LocalDate value) {
        if (binary[column]) {
            BinaryForm.date(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.date(out, value);
            close(out);
        }
    }

    @Override
    public void time(LocalTime value) {
        if (binary[column]) {
            BinaryForm.time(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.time(out, value, fraction());
            close(out);
        }
    }

    @Override
    public void timeWithZone(OffsetTime value) {
        if (binary[column]) {
            BinaryForm.timeWithZone(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.timeWithZone(out, value, fraction());
            close(out);
        }
    }

    @Override
    public void timestamp(LocalDateTime value) {
        if (binary[column]) {
            BinaryForm.timestamp(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            TextForm.timestamp(out, value, fraction());
            close(out);
        }
    }

    @Override
    public void timestampWithZone(OffsetDateTime value) {
        if (binary[column]) {
            BinaryForm.timestampWithZone(buffer.out(), types[column++], value);
        } else {
            ByteBuf out = open();
            ZoneId shown = types[column] == Types.TIMESTAMPTZ ? zone : value.getOffset();
            TextForm.timestampWithZone(out, value, shown, fraction());
            close(out);
        }
    }

    @Override
    public void endRow() {
        if (column != types.length) {
            throw new IllegalStateException(
                    "a row of " + column + " values where " + types.length + " belong");
        }
        buffer.endRow();
        ByteBuf out = buffer.out();
        out.setInt(buffer.rowStart() + 1, out.writerIndex() - buffer.rowStart() - 1);
    }

    @Override
    public int pendingBytes() {
        return buffer.pendingBytes();
    }

    @Override
    public int pendingRows() {
        return buffer.rows();
    }

    @Override
    public boolean full() {
        return buffer.full(MAX_ROWS);
    }

    @Override
    public Backend.DataRows take() {
        int rows = buffer.rows();
        return new Backend.DataRows(buffer.take(), rows - buffer.rows());
    }

    @Override
    public void close() {
        buffer.close();
    }
}
