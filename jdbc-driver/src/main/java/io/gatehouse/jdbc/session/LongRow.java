package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.BlockInput;
import io.gatehouse.jdbc.wire.LargeSource;
import io.gatehouse.jdbc.wire.Reply;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A row that comes in parts, because a value of it is too large for a message. Values are taken in,
 * in their order, as far as they are asked for; a value in pieces may be read as it comes instead.
 * Used by one thread at a time.
 */
final class LongRow {
    private static final int IN_PIECES = -2;
    private static final int NO_COLUMN = -1;

    /** Elements of an array. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final RowCursor rows;
    private final RowSource source;
    private final int[] starts;
    private final int[] lengths;

    // What has arrived of the row and was not looked at.
    private byte[] part;
    private int at;
    private boolean last;

    // The values so far, as a message of rows has them.
    private byte[] row = new byte[1024];
    private int size;
    private int located;

    // The value in pieces under way, and what is left of its current piece.
    private int open = NO_COLUMN;
    private int pieceLeft;
    private boolean ended;
    private boolean streamed;

    private final Map<Integer, Value> values = new HashMap<>();

    LongRow(RowCursor rows, RowSource source, Reply.Rows first) {
        this.rows = rows;
        this.source = source;
        this.starts = new int[rows.columns().size()];
        this.lengths = new int[starts.length];
        this.part = first.bytes();
        this.at = first.offset();
        this.last = first.count() > 0;
    }

    /** The bytes in which the values lie that were taken in. */
    byte[] bytes() {
        return row;
    }

    /** Where a value begins that was taken in. */
    int start(int column) {
        return starts[column];
    }

    /** How many bytes a value has that was taken in; -1: SQL NULL. */
    int length(int column) {
        return lengths[column];
    }

    /** All of the row, as a message of rows has it. */
    byte[] all() throws SQLException {
        take(starts.length - 1);
        for (Value value : values.values()) {
            value.checkThere();
        }
        drop();
        return Arrays.copyOf(row, size);
    }

    /** Takes in all values up to and including one, so that its place is known. */
    void take(int column) throws SQLException {
        while (located <= column) {
            if (open == NO_COLUMN) {
                locate();
            } else {
                keepOpen();
            }
        }
        Value value = values.get(column);
        if (value != null) {
            value.checkThere();
        }
    }

    /** A value in pieces that is not taken in; null for all others. */
    @Nullable LargeSource pieces(int column) throws SQLException {
        if (column < 0 || column >= starts.length) {
            return null;
        }
        while (located < column || (located == column && open == NO_COLUMN)) {
            if (open == NO_COLUMN) {
                locate();
            } else {
                keepOpen();
            }
        }
        if (open != column) {
            return null;
        }
        Value value = value();
        value.given = true;
        return value;
    }

    /** Comes to the next value: takes it in, or stands at the beginning of its pieces. */
    private void locate() throws SQLException {
        int length = int32();
        if (length == IN_PIECES) {
            long announced = (long) int32() << Integer.SIZE | (int32() & 0xffffffffL);
            open = located;
            streamed = false;
            pieceLeft = 0;
            ended = false;
            values.put(open, new Value(open, announced));
            return;
        }
        if (length < -1) {
            throw source.violated("A length is negative.");
        }
        begin();
        int got = 0;
        while (got < length) {
            if ((long) size + length > source.mostKept()) {
                throw tooLarge();
            }
            // A length is believed only as far as its bytes arrive.
            int n = Math.min(length - got, Math.max(1, part.length - at));
            ensure(got + n);
            got += move(row, size + got, n);
        }
        end(length);
    }

    private void begin() {
        ensure(Integer.BYTES);
        size += Integer.BYTES;
        starts[located] = size;
    }

    private void end(int length) {
        int head = starts[located] - Integer.BYTES;
        for (int i = 0; i < Integer.BYTES; i++) {
            row[head + i] = (byte) (length >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
        }
        lengths[located] = length;
        size += Math.max(length, 0);
        located++;
    }

    /** Takes in the value in pieces, or passes over what is left of one that is read as it came. */
    private void keepOpen() throws SQLException {
        Value value = value();
        if (streamed) {
            pass();
            return;
        }
        begin();
        int got = 0;
        while (hasPiece()) {
            if ((long) size + got + pieceLeft > source.mostKept()) {
                value.lost = tooLarge();
                pass();
                return;
            }
            int n = Math.min(pieceLeft, part.length - at);
            ensure(got + n);
            got += movePiece(row, size + got, n);
        }
        open = NO_COLUMN;
        end(got);
    }

    private Value value() {
        Value value = values.get(open);
        if (value == null) {
            throw new IllegalStateException("no value in pieces is open");
        }
        return value;
    }

    /** Passes over the rest of the value, which is empty here from now on. */
    private void pass() throws SQLException {
        while (hasPiece()) {
            int n = Math.min(pieceLeft, part.length - at);
            at += n;
            pieceLeft -= n;
        }
        size = located == 0 ? 0 : starts[located - 1] + Math.max(lengths[located - 1], 0);
        open = NO_COLUMN;
        begin();
        end(0);
    }

    private SQLException tooLarge() {
        return Faults.tooLarge(
                "A value takes more than the "
                        + source.mostKept()
                        + " bytes that may be kept: read it as a stream, and before the columns"
                        + " behind it, or raise the property 'keptRows'.");
    }

    /**
     * The cursor goes on. A value is taken in that somebody has and may still want to read.
     *
     * @param closing whether what follows is given up too, so that nothing needs to be dropped
     */
    void leave(boolean closing) throws SQLException {
        if (open != NO_COLUMN && !streamed && value().given) {
            keepOpen();
        }
        if (!closing) {
            drop();
        }
        values.values().forEach(Value::rowLeft);
    }

    /** Drops what is left of the row. */
    private void drop() throws SQLException {
        at = part.length;
        while (!last && fill()) {
            at = part.length;
        }
    }

    /** Whether the value goes on; false at its end. */
    private boolean hasPiece() throws SQLException {
        if (pieceLeft == 0 && !ended) {
            pieceLeft = int32();
            ended = pieceLeft == 0;
            if (pieceLeft < 0) {
                throw source.violated("A length is negative.");
            }
        }
        if (pieceLeft > 0 && at == part.length) {
            need();
        }
        return pieceLeft > 0;
    }

    private int movePiece(byte[] into, int offset, int count) throws SQLException {
        int n = move(into, offset, Math.min(count, pieceLeft));
        pieceLeft -= n;
        return n;
    }

    private int move(byte[] into, int offset, int count) throws SQLException {
        if (at == part.length) {
            need();
        }
        int n = Math.min(count, part.length - at);
        System.arraycopy(part, at, into, offset, n);
        at += n;
        return n;
    }

    private int int32() throws SQLException {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            if (at == part.length) {
                need();
            }
            value = value << Byte.SIZE | (part[at++] & 0xff);
        }
        return value;
    }

    private void need() throws SQLException {
        while (at == part.length) {
            if (last) {
                throw source.violated("A row has fewer values than columns.");
            }
            if (!fill()) {
                throw Faults.cursor("The rest of this row was given up with its result.");
            }
        }
    }

    /** Takes the next part; false if none comes. */
    private boolean fill() throws SQLException {
        Reply.Rows next = source.nextFrame(rows);
        if (next == null) {
            last = true;
            return false;
        }
        if (!next.isPart()) {
            throw source.violated("A row begins inside another.");
        }
        part = next.bytes();
        at = next.offset();
        last = next.count() > 0;
        return true;
    }

    private void ensure(int more) {
        if (row.length - size < more) {
            row = Arrays.copyOf(row, Math.max((int) Math.min(2L * row.length, MOST), size + more));
        }
    }

    /** One value in pieces. */
    private final class Value implements LargeSource {
        private final int column;
        private final long announced;
        private boolean given;
        private @Nullable SQLException lost;

        Value(int column, long announced) {
            this.column = column;
            this.announced = announced;
        }

        void checkThere() throws SQLException {
            if (lost != null) {
                throw lost;
            }
        }

        void rowLeft() {
            if (located <= column && lost == null) {
                lost = Faults.cursor("The result set has left the row before the value was read.");
            }
        }

        @Override
        public InputStream open(long from) throws SQLException {
            checkThere();
            if (located > column) {
                int skipped = (int) Math.min(from, lengths[column]);
                return new ByteArrayInputStream(
                        row, starts[column] + skipped, lengths[column] - skipped);
            }
            if (from > 0) {
                throw Faults.sequence("A value that is read as it comes is read from its start.");
            }
            streamed = true;
            lost = Faults.sequence("A value that is read as it comes is read once.");
            return new Pieces(column);
        }

        @Override
        public long size() {
            return announced;
        }

        @Override
        public void keep() throws SQLException {
            take(column);
        }
    }

    /** The value's bytes as they come. */
    private final class Pieces extends BlockInput {
        private final int column;
        private boolean over;

        Pieces(int column) {
            this.column = column;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (over || count == 0) {
                return over ? -1 : 0;
            }
            if (open != column) {
                throw new IOException(
                        "The stream was closed: another column was read, or the row was left.");
            }
            try {
                if (hasPiece()) {
                    return movePiece(into, offset, count);
                }
                over = true;
                pass();
                return -1;
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
