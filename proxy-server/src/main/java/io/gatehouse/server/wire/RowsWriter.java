package io.gatehouse.server.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;

/** Writes the extension's Rows messages: every value in the binary format of its column's type. */
public final class RowsWriter implements RowWriter {
    /** A part's type, length, request, end and number of bytes. */
    private static final int HEADER_BYTES = 14;

    /** Unused before a message of rows: type, length, request and the number of rows are less. */
    private static final int ROWS_START = 3;

    private static final int MAX_ROWS = Short.MAX_VALUE;

    /** In the place of a value's length. */
    private static final int IN_PIECES = -2;

    /** From here the exact size of a text is worth computing before memory is reserved for it. */
    static final int LONG_TEXT = 512;

    private final int request;
    private final RowBuffer buffer;
    private int[] types = {};
    private int column;
    private boolean inParts;

    /**
     * @param chunkBytes the most that one message should hold
     * @param rowLimit bytes above which a row is refused
     */
    public RowsWriter(int request, int chunkBytes, int rowLimit) {
        this.request = request;
        this.buffer = new RowBuffer(HEADER_BYTES, chunkBytes, rowLimit);
    }

    /**
     * Says what the next rows' columns are; every row before must have been taken.
     *
     * @param types type ids of section 6
     */
    public void columns(int[] types) {
        if (buffer.rows() > 0) {
            throw new IllegalStateException("rows of other columns are pending");
        }
        this.types = types.clone();
    }

    @Override
    public void startRow() {
        buffer.startRow();
        column = 0;
    }

    @Override
    public void nul() {
        buffer.out().writeInt(-1);
        column++;
    }

    @Override
    public void bool(boolean value) {
        ByteBuf out = buffer.out();
        int type = types[column++];
        if (BinaryForm.isTextual(type)) {
            text(out, value ? "true" : "false");
        } else {
            BinaryForm.bool(out, type, value);
        }
    }

    @Override
    public void int2(short value) {
        integer(value);
    }

    @Override
    public void int4(int value) {
        integer(value);
    }

    @Override
    public void int8(long value) {
        integer(value);
    }

    private void integer(long value) {
        ByteBuf out = buffer.out();
        int type = types[column++];
        if (BinaryForm.isTextual(type)) {
            text(out, Long.toString(value));
        } else {
            BinaryForm.integer(out, type, value);
        }
    }

    @Override
    public void float4(float value) {
        BinaryForm.float4(buffer.out(), types[column++], value);
    }

    @Override
    public void float8(double value) {
        BinaryForm.float8(buffer.out(), types[column++], value);
    }

    @Override
    public void numeric(BigDecimal value) {
        BinaryForm.numeric(buffer.out(), types[column++], value);
    }

    @Override
    public void numericSpecial(String value) {
        BinaryForm.numericSpecial(buffer.out(), types[column++], value);
    }

    @Override
    public void noDay(String value) {
        BinaryForm.noDay(buffer.out(), types[column++], value);
    }

    @Override
    public void text(String value) {
        int type = types[column++];
        if (!BinaryForm.isTextual(type)) {
            throw new IllegalStateException("a column of wire type " + type + " cannot carry text");
        }
        text(buffer.out(), value);
    }

    private void text(ByteBuf out, String value) {
        if (value.length() < LONG_TEXT) {
            int at = out.writerIndex();
            out.writeInt(0);
            out.setInt(at, ByteBufUtil.writeUtf8(out, value));
        } else {
            int length = ByteBufUtil.utf8Bytes(value);
            buffer.reserve(length);
            out.writeInt(length);
            ByteBufUtil.reserveAndWriteUtf8(out, value, length);
        }
    }

    @Override
    public void bytes(byte[] value) {
        column++;
        buffer.reserve(value.length);
        buffer.out().writeInt(value.length).writeBytes(value);
    }

    /**
     * Begins a value that comes in pieces; its row goes out in parts. The rows before it must have
     * been taken.
     *
     * @param size bytes of a bytea, characters of a text; -1 where that is not known
     */
    public void startPieces(long size) {
        if (buffer.rows() > 0) {
            throw new IllegalStateException("whole rows are pending");
        }
        inParts = true;
        buffer.out().writeInt(IN_PIECES).writeLong(size);
    }

    /** One piece of the value, which is not empty. */
    public void piece(byte[] bytes, int offset, int length) {
        buffer.out().writeInt(length).writeBytes(bytes, offset, length);
    }

    public void endPieces() {
        buffer.out().writeInt(0);
        column++;
    }

    /** Takes the rows that have ended, while another one is under way. */
    public Backend.ExtRows takeEnded() {
        int rows = buffer.rows();
        return rows(buffer.takeEnded(), rows);
    }

    /** Takes what is there of the row under way. */
    public Backend.ExtPart takeOpen() {
        return part(buffer.takeOpen(), 0);
    }

    private Backend.ExtPart part(ByteBuf frame, int ends) {
        int length = frame.writerIndex() - 1;
        frame.setByte(0, 'p').setInt(1, length).setInt(5, request).setByte(9, ends);
        frame.setInt(10, frame.writerIndex() - HEADER_BYTES);
        return new Backend.ExtPart(frame, ends, length);
    }

    @Override
    public void uuid(UUID value) {
        BinaryForm.uuid(buffer.out(), types[column++], value);
    }

    @Override
    public void date(LocalDate value) {
        BinaryForm.date(buffer.out(), types[column++], value);
    }

    @Override
    public void time(LocalTime value) {
        BinaryForm.time(buffer.out(), types[column++], value);
    }

    @Override
    public void timeWithZone(OffsetTime value) {
        BinaryForm.timeWithZone(buffer.out(), types[column++], value);
    }

    @Override
    public void timestamp(LocalDateTime value) {
        BinaryForm.timestamp(buffer.out(), types[column++], value);
    }

    @Override
    public void timestampWithZone(OffsetDateTime value) {
        BinaryForm.timestampWithZone(buffer.out(), types[column++], value);
    }

    @Override
    public void endRow() {
        if (column != types.length) {
            throw new IllegalStateException(
                    "a row of " + column + " values where " + types.length + " belong");
        }
        buffer.endRow();
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
        return inParts || buffer.full(MAX_ROWS);
    }

    @Override
    public Backend.Rows take() {
        int rows = buffer.rows();
        ByteBuf frame = buffer.take();
        if (inParts) {
            inParts = false;
            return part(frame, 1);
        }
        return rows(frame, rows - buffer.rows());
    }

    private Backend.ExtRows rows(ByteBuf frame, int taken) {
        int at = ROWS_START;
        int length = frame.writerIndex() - at - 1;
        frame.readerIndex(at).setByte(at, 'o').setInt(at + 1, length).setInt(at + 5, request);
        return new Backend.ExtRows(frame.setShort(at + 9, taken), taken, length);
    }

    @Override
    public void close() {
        buffer.close();
    }
}
