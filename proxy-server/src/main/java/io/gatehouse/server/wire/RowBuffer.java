package io.gatehouse.server.wire;

import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/** The memory behind a row writer: grows up to a chunk, then is handed on and replaced. */
final class RowBuffer {
    /** Most results are small; the next buffer of a long one starts with a whole chunk. */
    private static final int FIRST_CAPACITY = 512;

    private final int headerBytes;
    private final int chunkBytes;
    private final int rowLimit;
    private @Nullable ByteBuf buffer;
    private int capacity = FIRST_CAPACITY;
    private int rowStart;
    private int rows;

    /**
     * @param headerBytes room left at the front of each buffer
     */
    RowBuffer(int headerBytes, int chunkBytes, int rowLimit) {
        this.headerBytes = headerBytes;
        this.chunkBytes = chunkBytes;
        this.rowLimit = rowLimit;
    }

    ByteBuf startRow() {
        ByteBuf out = buffer;
        if (out == null) {
            out = ByteBufAllocator.DEFAULT.buffer(headerBytes + capacity).writeZero(headerBytes);
            buffer = out;
        }
        rowStart = out.writerIndex();
        return out;
    }

    ByteBuf out() {
        ByteBuf out = buffer;
        if (out == null) {
            throw new IllegalStateException("no row was started");
        }
        return out;
    }

    int rowStart() {
        return rowStart;
    }

    /** Called before a value that may be large is written. */
    void reserve(int bytes) {
        checkRow((long) out().writerIndex() - rowStart + bytes);
    }

    void endRow() {
        checkRow((long) out().writerIndex() - rowStart);
        rows++;
    }

    private void checkRow(long size) {
        if (size > rowLimit) {
            throw new GatehouseException(Faults.rowTooLarge(size, rowLimit));
        }
    }

    int rows() {
        return rows;
    }

    int pendingBytes() {
        return buffer == null ? 0 : buffer.writerIndex();
    }

    boolean full(int maxRows) {
        return rows >= maxRows || pendingBytes() > chunkBytes;
    }

    /**
     * Hands the buffer on. The last row moves to a new buffer when it made this one larger than a
     * chunk and is not the only one.
     */
    ByteBuf take() {
        ByteBuf out = buffer;
        if (out == null || rows == 0) {
            throw new IllegalStateException("no row is pending");
        }
        capacity = chunkBytes;
        if (out.writerIndex() <= chunkBytes || rows == 1) {
            buffer = null;
            rows = 0;
            return out;
        }
        int lastRow = out.writerIndex() - rowStart;
        ByteBuf rest = out.alloc().buffer(headerBytes + Math.max(lastRow, chunkBytes));
        rest.writeZero(headerBytes).writeBytes(out, rowStart, lastRow);
        out.writerIndex(rowStart);
        buffer = rest;
        rows = 1;
        rowStart = headerBytes;
        return out;
    }

    /** Hands on the rows that have ended; the one under way moves to a buffer of its own. */
    ByteBuf takeEnded() {
        ByteBuf out = out();
        int open = out.writerIndex() - rowStart;
        ByteBuf rest = out.alloc().buffer(headerBytes + Math.max(open, chunkBytes));
        rest.writeZero(headerBytes).writeBytes(out, rowStart, open);
        out.writerIndex(rowStart);
        buffer = rest;
        rows = 0;
        rowStart = headerBytes;
        return out;
    }

    /** Hands on what is there of the row under way, which goes on in a buffer of its own. */
    ByteBuf takeOpen() {
        ByteBuf out = out();
        buffer = out.alloc().buffer(headerBytes + chunkBytes).writeZero(headerBytes);
        rowStart = headerBytes;
        return out;
    }

    void close() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
            rows = 0;
        }
    }
}
