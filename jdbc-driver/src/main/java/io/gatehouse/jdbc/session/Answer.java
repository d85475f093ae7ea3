package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.ParameterDescription;
import io.gatehouse.jdbc.wire.ProtocolFault;
import io.gatehouse.jdbc.wire.Reply;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * All that the broker answers to one request. What arrives is kept here until it is asked for; the
 * request's credit bounds it. Everything is done under the session's lock.
 */
public final class Answer implements RowSource {
    private static final long MAX_HELD = 16L << 20;

    private final Session session;
    private final int id;
    private final @Nullable StatementHandle statement;
    private final boolean commit;
    private final Arrival arrival;

    private @Nullable RowCursor current;
    private boolean single;
    private long credit;
    private long used;

    Answer(
            Session session,
            int id,
            @Nullable StatementHandle statement,
            boolean commit,
            long credit) {
        this.session = session;
        this.id = id;
        this.statement = statement;
        this.commit = commit;
        this.credit = credit;
        this.arrival = new Arrival(this, statement);
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

    boolean isCommit() {
        return commit;
    }

    @Nullable StatementHandle statement() {
        return statement;
    }

    /** The next result, waiting for it; the rest of the one before is lost. Null: no more. */
    public @Nullable Result next() throws SQLException {
        session.lock();
        try {
            RowCursor before = current;
            current = null;
            if (arrival.abandoned) {
                return null;
            }
            while (before != null && !before.hasEnded() && !arrival.finished) {
                drop(before);
                session.pump(this);
            }
            while (arrival.results.isEmpty() && !arrival.isPastResults()) {
                session.pump(this);
            }
            Result result = arrival.results.poll();
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

    /** Waits for the end of the request, dropping all arrival.results. */
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
            while (!arrival.finished
                    && !rows.hasEnded()
                    && credit > 0
                    && (rowsWanted == 0 || rows.rowsArrived() < rowsWanted)) {
                session.pump(this);
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
            long held = 0;
            while (!arrival.finished
                    && arrival.cursors.isEmpty()
                    && (credit > 0 || held < MAX_HELD)) {
                held += pumpFreely();
            }
            throwFailure();
        } finally {
            session.unlock();
        }
    }

    /** Reads on, whether the application reads or not; how much credit that took. */
    private int pumpFreely() throws SQLException {
        int granted = 0;
        if (credit <= 0) {
            granted = session.window();
            credit += granted;
            session.grant(this, granted);
        }
        session.pump(this);
        return granted;
    }

    /**
     * The row of a call's OUT parameters, waiting for it; null where there is none. Results that
     * come before it are kept, up to a bound.
     */
    public @Nullable RowCursor outRow() throws SQLException {
        return awaitOutput(() -> arrival.outRow);
    }

    /** The rows of a cursor among the OUT parameters, counted from 0; null where there is none. */
    public @Nullable RowCursor cursor(int number) throws SQLException {
        return awaitOutput(
                () -> number < arrival.cursors.size() ? arrival.cursors.get(number) : null);
    }

    private @Nullable RowCursor awaitOutput(Supplier<@Nullable RowCursor> output)
            throws SQLException {
        session.lock();
        try {
            long held = 0;
            while (output.get() == null && !arrival.finished) {
                if (held >= MAX_HELD) {
                    throw Faults.sequence(
                            "OUT parameters come behind the results of their call, which are too"
                                    + " large to be kept: read them first.");
                }
                held += pumpFreely();
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
            RowCursor rows = arrival.results.isEmpty() ? null : arrival.results.element().rows();
            if (rows == null || !rows.isKeys()) {
                return null;
            }
            arrival.results.poll();
            current = rows;
            return rows;
        } finally {
            session.unlock();
        }
    }

    private void settleEnd(boolean complete) throws SQLException {
        while (complete
                && !arrival.finished
                && arrival.results.isEmpty()
                && arrival.cursors.isEmpty()) {
            session.pump(this);
        }
        throwFailure();
    }

    private void throwFailure() throws SQLException {
        SQLException f = arrival.failure;
        if (f != null) {
            arrival.failure = null;
            arrival.results.clear();
            throw f;
        }
    }

    @Override
    public Reply.@Nullable Rows nextFrame(RowCursor rows) throws SQLException {
        session.lock();
        try {
            while (!rows.hasFrames() && !rows.hasEnded() && !arrival.finished) {
                session.pump(this);
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
        if (!arrival.finished && arrival.filling != null && used >= session.window() / 2) {
            credit += used;
            session.grant(this, (int) Math.min(used, Integer.MAX_VALUE));
            used = 0;
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
            arrival.results.clear();
            if (!arrival.finished && !arrival.abandoned) {
                arrival.abandoned = true;
                session.abandon(this);
            }
        } finally {
            session.unlock();
        }
    }

    /** Whether all is here. */
    public boolean isFinished() {
        return arrival.finished;
    }

    /** The warnings that came since this was last asked. */
    public List<Fault> takeWarnings() {
        session.lock();
        try {
            List<Fault> taken = new ArrayList<>(arrival.warnings);
            arrival.warnings.clear();
            return taken;
        } finally {
            session.unlock();
        }
    }

    /** The counts of all parts of a batch that came. */
    public long[] batchCounts() {
        session.lock();
        try {
            return arrival.batchCounts.stream().flatMapToLong(Arrays::stream).toArray();
        } finally {
            session.unlock();
        }
    }

    /** The parameters that a description named. */
    public List<ParameterDescription> parameters() {
        return arrival.parameters;
    }

    /** Waits until so many parts of a batch are answered, or all has ended. */
    void awaitParts(int parts) throws SQLException {
        session.lock();
        try {
            while (arrival.batchCounts.size() < parts && !arrival.finished) {
                session.pump(this);
            }
        } finally {
            session.unlock();
        }
    }

    void arrived(Reply reply) throws ProtocolFault {
        reply.give(arrival);
    }

    /** The broker has spent some of the credit. */
    void spent(int bytes) {
        credit -= bytes;
    }
}
