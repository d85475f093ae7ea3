package io.gatehouse.server.execute;

import io.gatehouse.server.fault.Faults;
import io.gatehouse.server.fault.GatehouseException;
import io.gatehouse.server.pool.Lease;
import io.gatehouse.server.pool.RowTap;
import io.gatehouse.server.pool.TapFields;

import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Streams the rows of one statement from the socket into the sink while pgjdbc executes it. */
final class TapResult implements RowTap.Receiver {
    /** Rows are held up to here while the names of their types are not known. */
    private static final int MOST_HELD = 256 * 1024;

    /** Rows come as text, of which the sink's binary forms are never less than this part. */
    private static final int LONGEST_TEXT = 4;

    private final Lease lease;
    private final LeaseState known;
    private final RowSink sink;
    private final long maxRows;
    private final boolean dropRows;
    private final Call.Run run;

    private final List<byte[]> held = new ArrayList<>();
    private int heldBytes;
    private @Nullable TapFields fields;
    private @Nullable List<TextDecoder> decoders;
    private long rows;
    private boolean truncated;
    private boolean stopped;
    private @Nullable Exception failure;

    /**
     * @param maxRows 0 for all
     */
    TapResult(Lease lease, LeaseState known, RowSink sink, Call.Run run, long maxRows) {
        this.lease = lease;
        this.known = known;
        this.sink = sink;
        this.maxRows = maxRows;
        // Where the application expects a count a result is an error.
        this.dropRows = run.expect() == Call.Expect.COUNT;
        this.run = run;
    }

    @Override
    public void row(TapFields of, byte[] buffer, int offset, int length) {
        if (stopped || dropRows) {
            return;
        }
        try {
            fields = of;
            if (decoders == null && !knowsTypes(of)) {
                hold(buffer, offset, length);
                return;
            }
            announce(of);
            deliver(buffer, offset, length);
        } catch (SQLException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    @Override
    public long largest() {
        return Math.min(sink.wholeValue(), largestHeld());
    }

    private long largestHeld() {
        return Math.min((long) LONGEST_TEXT * sink.largestRow(), RowTap.LARGEST_HELD);
    }

    @Override
    public void larger(TapFields of, InputStream body, int size) throws IOException {
        if (stopped || dropRows) {
            return;
        }
        try {
            if (sink.wholeValue() == Integer.MAX_VALUE) {
                throw new GatehouseException(Faults.rowTooLarge(size, sink.largestRow()));
            }
            fields = of;
            announce(of);
            deliverHeld();
            if (!stopped && !truncated()) {
                deliver(new LongRow(body, size, sink, largestHeld()));
            }
        } catch (SQLException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private void deliver(LongRow row) throws IOException, SQLException, InterruptedException {
        if (!row.give(decoders())) {
            throw malformed("a row that does not fit its columns");
        }
        if (row.wanted()) {
            ended();
        } else {
            unwanted();
        }
    }

    /** Whether as many rows were delivered as may be. */
    private boolean truncated() {
        truncated |= maxRows > 0 && rows == maxRows;
        return truncated;
    }

    private void fail(Exception e) {
        failure = e;
        stop();
    }

    /** What is left is read and dropped; the cancel makes it short. */
    private void stop() {
        stopped = true;
        lease.cancel(lease.checkout());
    }

    private boolean knowsTypes(TapFields of) {
        Set<Integer> types = known.knownTypes();
        for (TapFields.Field field : of.fields()) {
            if (!types.contains(field.oid())) {
                return false;
            }
        }
        return true;
    }

    private void hold(byte[] buffer, int offset, int length)
            throws SQLException, InterruptedException {
        held.add(Arrays.copyOfRange(buffer, offset, offset + length));
        heldBytes += length;
        if (heldBytes > MOST_HELD && fields != null) {
            announce(fields);
            deliverHeld();
        }
    }

    private void deliverHeld() throws InterruptedException {
        for (byte[] row : held) {
            if (!stopped) {
                deliver(row, 0, row.length);
            }
        }
        held.clear();
    }

    /**
     * Says what the columns are. May run inside pgjdbc's execute, where the server cannot be asked:
     * types that pgjdbc has not met are called text then.
     */
    private void announce(TapFields of) throws SQLException {
        if (decoders != null) {
            return;
        }
        TapColumns columns = TapColumns.of(lease, known, of);
        decoders = columns.decoders();
        known.answered();
        sink.columns(RowSink.Kind.RESULT, false, columns.columns());
    }

    private void deliver(byte[] buffer, int offset, int length) throws InterruptedException {
        List<TextDecoder> each = decoders();
        if (truncated()) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(buffer, offset, length);
        int count = length < Short.BYTES ? -1 : in.getShort();
        if (count != each.size()) {
            throw malformed("a row of " + count + " values in a result of " + each.size());
        }
        sink.startRow();
        for (int i = 0; i < count; i++) {
            int size = in.remaining() < Integer.BYTES ? Integer.MAX_VALUE : in.getInt();
            if (size == -1) {
                sink.nul();
            } else if (size < 0 || size > in.remaining()) {
                throw malformed("a value that does not fit its row");
            } else {
                try {
                    each.get(i).decode(buffer, in.position(), size, sink);
                } catch (SQLException e) {
                    throw new GatehouseException(SqlFaults.of(e), e);
                }
                in.position(in.position() + size);
            }
        }
        if (in.hasRemaining()) {
            throw malformed("a row that is longer than its values");
        }
        ended();
    }

    private List<TextDecoder> decoders() {
        List<TextDecoder> each = decoders;
        if (each == null) {
            throw new IllegalStateException("rows before their columns");
        }
        return each;
    }

    private void ended() throws InterruptedException {
        rows++;
        if (!sink.endRow() && !sink.awaitDemand()) {
            unwanted();
        }
    }

    private void unwanted() {
        if (Changes.stay(run)) {
            // Whoever has seen enough rows wants the change all the same.
            stopped = true;
        } else {
            stop();
        }
    }

    /** What follows on such a connection cannot be trusted either. */
    private GatehouseException malformed(String what) {
        lease.doom();
        return new GatehouseException(Faults.backendLost(lease.target().name(), "it sent " + what));
    }

    /** Whether the rest was dropped on purpose. */
    boolean stopped() {
        return stopped;
    }

    /** Whether it was dropped so that the statement's cancel is no error of its own. */
    boolean maybeCancelled() {
        return stopped && (failure != null || !Changes.stay(run));
    }

    /** What the sink threw, if it did. */
    @Nullable Exception failure() {
        return failure;
    }

    /**
     * The statement has ended: delivers what is left.
     *
     * @param empty pgjdbc's result without the rows; null when the statement was stopped
     */
    void finish(@Nullable ResultSet empty) throws SQLException, InterruptedException {
        if (decoders == null && fields != null) {
            learnTypes(fields);
            announce(fields);
            deliverHeld();
        } else if (decoders == null && empty != null) {
            ColumnList columns = ColumnList.of(lease, empty);
            sink.columns(RowSink.Kind.RESULT, columns.fullDetail(), columns.columns());
        }
        sink.endRows(!truncated && !stopped);
    }

    /** pgjdbc keeps each type once it has asked for it. */
    private void learnTypes(TapFields of) throws SQLException {
        BaseConnection connection = lease.connection().unwrap(BaseConnection.class);
        Set<Integer> types = known.knownTypes();
        for (TapFields.Field field : of.fields()) {
            int oid = field.oid();
            if (!types.contains(oid)) {
                connection.getTypeInfo().getPGType(oid);
                connection.getTypeInfo().getSQLType(oid);
                connection.getTypeInfo().getJavaClass(oid);
                types.add(oid);
            }
        }
    }
}
