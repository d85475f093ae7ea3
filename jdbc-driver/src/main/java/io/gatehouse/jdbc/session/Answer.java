package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.ParameterDescription;
import io.gatehouse.jdbc.wire.Reply;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * All that the broker answers to one request. What arrives is kept here until it is asked for; the
 * request's credit bounds it. Everything is done under the session's lock.
 */
public final class Answer extends Arriving {
    private static final long MAX_HELD = 16L << 20;

    private final Session session;
    private final int id;

    /** Which of the session's brokers it comes from, counted from 0. */
    volatile int epoch;

    private @Nullable RowCursor current;
    private boolean single;
    private volatile boolean outlives;
    private long used;
    private long relieved;

    Answer(Session session, int id, @Nullable StatementHandle statement, long credit) {
        super(statement, credit);
        this.session = session;
        this.id = id;
    }

    /** The request's number. */
    public int id() {
        return id;
    }

    /** Only its first result matters: closing that one gives up on all. */
    public Answer single() {
        single = true;
        return this;
    }

    /** The next result, waiting for it; the rest of the one before is lost. Null: no more. */
    public @Nullable Result next() throws SQLException {
        session.lock();
        try {
            RowCursor before = current;
            current = null;
            if (abandoned) {
                return null;
            }
            while (before != null && !before.hasEnded() && !finished) {
                drop(before);
                session.pump();
            }
            while (results.isEmpty() && !isPastResults()) {
                session.pump();
            }
            Result result = results.poll();
            if (result != null) {
                current = result.rows();
                return result;
            }
            throwFailure();
            return null;
        } finally {
            session.unlock();
        }
    }

    /** Waits for the end of the request, dropping all results. */
    public void finish() throws SQLException {
        Result result = next();
        while (result != null) {
            result = next();
        }
    }

    private void drop(RowCursor rows) throws SQLException {
        for (Reply.Rows frame = rows.poll(); frame != null; frame = rows.poll()) {
            consumed(frame);
        }
    }

    /**
     * Waits until the rows that the first credit covers are here, or as many as asked for, so that
     * a failure among them is thrown now.
     *
     * @param rowsWanted 0: all that the credit covers
     */
    public void settle(RowCursor rows, int rowsWanted) throws SQLException {
        session.lock();
        try {
            while (!finished
                    && !rows.hasEnded()
                    && credit > 0
                    && (rowsWanted == 0 || rows.rowsArrived() < rowsWanted)) {
                session.pump();
            }
            settleEnd(rows.hasEnded());
        } finally {
            session.unlock();
        }
    }

    /**
     * Waits for the end, so that the work is done and a failure is thrown now. Rows that come
     * before it are kept, up to a bound; behind that, the end comes when they have been read.
     */
    public void settle() throws SQLException {
        session.lock();
        try {
            takeIn(() -> !cursors.isEmpty(), MAX_HELD);
            throwFailure();
        } finally {
            session.unlock();
        }
    }

    /** Its rows shall be readable when the transaction has ended. */
    public void outlivesTransaction() {
        outlives = true;
    }

    /** The transaction is about to end: what shall outlive it is taken in, up to a bound. */
    void transactionEnds() throws SQLException {
        session.lock();
        try {
            if (outlives && !abandoned) {
                takeIn(() -> false, session.keptRows());
            }
        } finally {
            session.unlock();
        }
    }

    /** Takes in the rest of the current rows, so that they can be read beside the next result. */
    public void keepCurrent() throws SQLException {
        session.lock();
        try {
            RowCursor rows = current;
            if (rows != null && !takeIn(rows::hasEnded, session.keptRows())) {
                throw Faults.tooLarge(
                        "The rest of a result that shall stay open takes more than "
                                + session.keptRows()
                                + " bytes: raise the property 'keptRows'.");
            }
        } finally {
            session.unlock();
        }
    }

    /**
     * Reads on until something is here, or all has ended, whether the application reads or not.
     *
     * @return false where the bound came first
     */
    private boolean takeIn(BooleanSupplier here, long bound) throws SQLException {
        long held = 0;
        while (!finished && !here.getAsBoolean()) {
            if (credit <= 0) {
                if (held >= bound) {
                    return false;
                }
                held += session.window();
                credit += session.window();
                session.grant(this, session.window());
            }
            session.pump();
        }
        return true;
    }

    /**
     * The row of a call's OUT parameters, waiting for it; null where there is none. Results that
     * come before it are kept, up to a bound.
     */
    public @Nullable RowCursor outRow() throws SQLException {
        return awaitOutput(() -> outRow);
    }

    /** The rows of a cursor among the OUT parameters, counted from 0; null where there is none. */
    public @Nullable RowCursor cursor(int number) throws SQLException {
        return awaitOutput(() -> number < cursors.size() ? cursors.get(number) : null);
    }

    private @Nullable RowCursor awaitOutput(Supplier<@Nullable RowCursor> output)
            throws SQLException {
        session.lock();
        try {
            if (!takeIn(() -> output.get() != null, MAX_HELD)) {
                throw Faults.sequence(
                        "OUT parameters come behind the results of their call, which are too"
                                + " large to be kept: read them first.");
            }
            RowCursor found = output.get();
            if (found == null) {
                throwFailure();
            }
            return found;
        } finally {
            session.unlock();
        }
    }

    /** The generated keys, if they are what comes next; null otherwise. */
    public @Nullable RowCursor keys() {
        session.lock();
        try {
            RowCursor rows = keysNext();
            if (rows != null) {
                results.poll();
                current = rows;
            }
            return rows;
        } finally {
            session.unlock();
        }
    }

    private void settleEnd(boolean complete) throws SQLException {
        // Keys belong to the result before them, whose work may still be undone.
        while (complete
                && !finished
                && cursors.isEmpty()
                && (results.isEmpty() || (keysNext() != null && credit > 0))) {
            session.pump();
        }
        throwFailure();
    }

    private void throwFailure() throws SQLException {
        SQLException f = failure;
        if (f != null) {
            failure = null;
            results.clear();
            throw f;
        }
    }

    @Override
    public Reply.@Nullable Rows nextFrame(RowCursor rows) throws SQLException {
        session.lock();
        try {
            while (!rows.hasFrames() && !rows.hasEnded() && !finished) {
                session.pump();
            }
            Reply.Rows frame = rows.poll();
            if (frame != null) {
                consumed(frame);
                return frame;
            }
            if (!rows.hasEnded()) {
                throwFailure();
            }
            return null;
        } finally {
            session.unlock();
        }
    }

    private void consumed(Reply.Rows frame) throws SQLException {
        used += frame.cost();
        if (!finished && filling != null && used >= session.window() / 2) {
            credit += used;
            session.grant(this, (int) Math.min(used, Integer.MAX_VALUE));
            used = 0;
        }
    }

    @Override
    public long mostKept() {
        return session.keptRows();
    }

    @Override
    void halted() {
        if (session.isWaitedFor(this)) {
            relieve();
        }
    }

    /**
     * Another request waits for the connection that a row holds up in its middle: the rest of the
     * row is taken in, up to a bound, or given up.
     */
    void relieve() {
        session.lock();
        try {
            if (!midRow || finished || abandoned || credit > 0) {
                return;
            }
            if (relieved >= session.keptRows()) {
                abandon();
                return;
            }
            relieved += session.window();
            credit += session.window();
            session.grant(this, session.window());
        } finally {
            session.unlock();
        }
    }

    @Override
    public boolean isBehindLast(RowCursor rows) {
        session.lock();
        try {
            return !rows.hasFrames() && rows.hasEnded();
        } finally {
            session.unlock();
        }
    }

    @Override
    public SQLException violated(String message) {
        return session.violated(message);
    }

    @Override
    public void close(RowCursor rows) {
        session.lock();
        try {
            rows.forget();
            if (!rows.hasEnded() && single) {
                abandon();
            }
        } finally {
            session.unlock();
        }
    }

    /** Gives up on the rest of the answer: nothing of it is kept any more. */
    public void abandon() {
        session.lock();
        try {
            results.clear();
            if (!finished && !abandoned) {
                abandoned = true;
                session.abandon(this);
            }
        } finally {
            session.unlock();
        }
    }

    /** Whether all is here. */
    public boolean isFinished() {
        return finished;
    }

    /** The warnings that came since this was last asked. */
    public List<Fault> takeWarnings() {
        session.lock();
        try {
            List<Fault> taken = new ArrayList<>(warnings);
            warnings.clear();
            return taken;
        } finally {
            session.unlock();
        }
    }

    /** The counts of all parts of a batch that came. */
    public long[] batchCounts() {
        session.lock();
        try {
            return batchCounts.stream().flatMapToLong(Arrays::stream).toArray();
        } finally {
            session.unlock();
        }
    }

    /** The parameters that a description named. */
    public List<ParameterDescription> parameters() {
        return parameters;
    }

    /** Waits until so many parts of a batch are answered, or all has ended. */
    void awaitParts(int parts) throws SQLException {
        session.lock();
        try {
            while (batchCounts.size() < parts && !finished) {
                session.pump();
            }
        } finally {
            session.unlock();
        }
    }
}
