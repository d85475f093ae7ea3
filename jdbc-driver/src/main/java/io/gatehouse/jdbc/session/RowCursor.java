package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.LargeSource;
import io.gatehouse.jdbc.wire.Reply;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The rows of one result as they arrive. Rows stay encoded: a row is a set of places in the frame
 * that brought it, which can be shown again. Used by one thread at a time.
 */
public final class RowCursor {
    private static final byte[] NOTHING = new byte[0];

    private final RowSource source;
    private final List<Column> columns;
    private final int kind;
    private final boolean full;

    // Filled by whoever reads the link, under the session's lock.
    private final Deque<Reply.Rows> frames = new ArrayDeque<>();
    private long rowsArrived;
    private boolean ended;

    // The frame that is read row by row, and how far.
    private byte[] bytes = NOTHING;
    private int at;
    private int rowsLeft;
    private long bytesRead;

    // The row that is shown, which may be an earlier one.
    private byte[] row = NOTHING;
    private int rowAt;
    private @Nullable LongRow longRow;
    private final int[] starts;
    private final int[] lengths;

    RowCursor(RowSource source, List<Column> columns, int kind, boolean full) {
        this.source = source;
        this.columns = columns;
        this.kind = kind;
        this.full = full;
        this.starts = new int[columns.size()];
        this.lengths = new int[columns.size()];
    }

    /** A cursor without rows or columns. */
    public static RowCursor empty() {
        return new RowCursor(RowSource.NONE, List.of(), Reply.Columns.KEYS, true);
    }

    /** A cursor to which no rows come: it shows those that it is given. */
    public static RowCursor of(List<Column> columns) {
        return new RowCursor(RowSource.NONE, columns, Reply.Columns.RESULT, true);
    }

    /** A cursor that brings rows once more that came before. */
    static RowCursor again(List<Column> columns, Deque<Reply.Rows> frames) {
        RowCursor rows = new RowCursor(RowSource.NONE, columns, Reply.Columns.RESULT, true);
        rows.frames.addAll(frames);
        return rows;
    }

    /** What has arrived and was not read. */
    Deque<Reply.Rows> frames() {
        return frames;
    }

    /** The columns. */
    public List<Column> columns() {
        return columns;
    }

    /** Whether all of the columns' fields are known. */
    public boolean isFull() {
        return full;
    }

    /** Whether these are generated keys. */
    public boolean isKeys() {
        return kind == Reply.Columns.KEYS;
    }

    /** Moves to the next row; false at the end. */
    public boolean next() throws SQLException {
        leaveLongRow(false);
        while (rowsLeft == 0) {
            if (bytes.length != at) {
                throw source.violated("A row set has more values than its columns.");
            }
            Reply.Rows frame = source.nextFrame(this);
            if (frame == null) {
                bytes = NOTHING;
                at = 0;
                return false;
            }
            if (frame.isPart()) {
                bytes = NOTHING;
                at = 0;
                longRow = new LongRow(this, source, frame);
                return true;
            }
            bytes = frame.bytes();
            at = frame.offset();
            rowsLeft = frame.count();
            bytesRead += frame.cost();
        }
        rowsLeft--;
        at = locate(bytes, at);
        return true;
    }

    /** How many bytes the frames had that {@link #next} has come to. */
    public long bytesRead() {
        return bytesRead;
    }

    private void leaveLongRow(boolean closing) throws SQLException {
        LongRow leaving = longRow;
        longRow = null;
        if (leaving != null) {
            leaving.leave(closing);
        }
    }

    /** Where the row that is shown lies; all of it is taken in. */
    public RowPlace place() throws SQLException {
        LongRow current = longRow;
        if (current != null) {
            longRow = null;
            byte[] all = current.all();
            bytesRead += all.length;
            locate(all, 0);
        }
        return new RowPlace(row, rowAt);
    }

    /** Shows a row that {@link #place} told; what comes next stays the same. */
    public void show(RowPlace place) throws SQLException {
        locate(place.bytes(), place.at());
    }

    /** Shows a row and tells where it ends. */
    private int locate(byte[] b, int start) throws SQLException {
        row = b;
        rowAt = start;
        int p = start;
        for (int i = 0; i < starts.length; i++) {
            if (b.length - p < 4) {
                throw source.violated("A row has fewer values than columns.");
            }
            int length =
                    (b[p] & 0xff) << 24
                            | (b[p + 1] & 0xff) << 16
                            | (b[p + 2] & 0xff) << 8
                            | (b[p + 3] & 0xff);
            p += 4;
            if (length > b.length - p) {
                throw source.violated("A value ends behind its frame.");
            }
            starts[i] = p;
            lengths[i] = length;
            p += Math.max(length, 0);
        }
        return p;
    }

    /** The bytes in which the current row lies; not to be changed. */
    public byte[] bytes() {
        LongRow current = longRow;
        return current == null ? row : current.bytes();
    }

    /** Where a value begins, columns counted from 0. */
    public int start(int column) {
        LongRow current = longRow;
        return current == null ? starts[column] : current.start(column);
    }

    /** How many bytes a value has, which is taken in if it comes in pieces; -1: SQL NULL. */
    public int length(int column) throws SQLException {
        LongRow current = longRow;
        if (current == null) {
            return lengths[column];
        }
        current.take(column);
        return current.length(column);
    }

    /** A value that comes in pieces and was not taken in; null for all others. */
    public @Nullable LargeSource pieces(int column) throws SQLException {
        LongRow current = longRow;
        return current == null ? null : current.pieces(column);
    }

    /** A copy of a value; null: SQL NULL. */
    public byte @Nullable [] value(int column) throws SQLException {
        int length = length(column);
        int start = start(column);
        return length < 0 ? null : Arrays.copyOfRange(bytes(), start, start + length);
    }

    /** Whether the end of the rows is known to be right behind the current one. */
    public boolean isAtEnd() throws SQLException {
        LongRow current = longRow;
        if (current != null) {
            current.take(starts.length - 1);
        }
        return rowsLeft == 0 && source.isBehindLast(this);
    }

    /** Forgets the rest of the rows, which may still be on their way. */
    public void close() throws SQLException {
        leaveLongRow(true);
        source.close(this);
    }

    void arrived(Reply.Rows frame) {
        rowsArrived += frame.count();
        frames.add(frame);
    }

    void arrivedEnd() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    long rowsArrived() {
        return rowsArrived;
    }

    Reply.@Nullable Rows poll() {
        return frames.poll();
    }

    void forget() {
        frames.clear();
    }

    boolean hasFrames() {
        return !frames.isEmpty();
    }
}
