package io.gatehouse.jdbc.session;

import io.gatehouse.jdbc.fault.Fault;
import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.ParameterDescription;
import io.gatehouse.jdbc.wire.ProtocolFault;
import io.gatehouse.jdbc.wire.Reply;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * All that the broker answers to one request. What arrives is kept here until it is asked for; the
 * request's credit bounds it. Everything is done under the session's lock.
 */
public final class Answer implements RowSource {
    private static final long MAX_HELD = 16L << 20;

    private final Session session;
    private final int id;
    private final @Nullable StatementHandle statement;
    private final Arrival arrival = new Arrival();

    /** Which of the session's brokers it comes from, counted from 0. */
    volatile int epoch;

    private final Deque<Result> results = new ArrayDeque<>();
    private final List<Fault> warnings = new ArrayList<>();
    private final List<long[]> batchCounts = new ArrayList<>();
    private List<ParameterDescription> parameters = List.of();
    private @Nullable RowCursor filling;
    private @Nullable RowCursor current;
    private @Nullable SQLException failure;
    private volatile boolean finished;
    private boolean abandoned;
    private boolean single;
    private long credit;
    private long used;

    Answer(Session session, int id, @Nullable StatementHandle statement, long credit) {
        this.session = session;
        this.id = id;
        this.statement = statement;
        this.credit = credit;
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

    @Nullable StatementHandle statement() {
        return statement;
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
            while (results.isEmpty() && !finished) {
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
            long held = 0;
            while (!finished && (credit > 0 || held < MAX_HELD)) {
                if (credit <= 0) {
                    held += session.window();
                    credit += session.window();
                    session.grant(this, session.window());
                }
                session.pump();
            }
            throwFailure();
        } finally {
            session.unlock();
        }
    }

    /** The generated keys, if they are what comes next; null otherwise. */
    public @Nullable RowCursor keys() {
        session.lock();
        try {
            RowCursor rows = results.isEmpty() ? null : results.element().rows();
            if (rows == null || !rows.isKeys()) {
                return null;
            }
            results.poll();
            current = rows;
            return rows;
        } finally {
            session.unlock();
        }
    }

    private void settleEnd(boolean complete) throws SQLException {
        while (complete && !finished && results.isEmpty()) {
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

    /** It ends without its broker; null is success. */
    void ended(@Nullable SQLException why) {
        finished = true;
        failure = why;
    }

    void arrived(Reply reply) throws ProtocolFault {
        reply.give(arrival);
    }

    /** Takes what arrives, in its order. */
    private final class Arrival implements Reply.Handler {
        @Override
        public void columns(Reply.Columns m) throws ProtocolFault {
            between();
            List<Column> columns = m.columns();
            if (columns == null) {
                columns = statement == null ? null : statement.last(m.keys());
                if (columns == null) {
                    throw new ProtocolFault("Columns as last sent, but none were.");
                }
            } else if (statement != null) {
                statement.last(m.keys(), columns);
            }
            RowCursor rows = new RowCursor(Answer.this, columns, m.keys(), m.full());
            filling = rows;
            add(new Result(rows, -1));
        }

        @Override
        public void rows(Reply.Rows m) throws ProtocolFault {
            credit -= m.cost();
            RowCursor rows = within();
            if (!abandoned) {
                rows.arrived(m);
            }
        }

        @Override
        public void endRows(Reply.EndRows m) throws ProtocolFault {
            within().arrivedEnd();
            filling = null;
        }

        @Override
        public void count(Reply.Count m) throws ProtocolFault {
            between();
            add(new Result(null, m.count()));
        }

        @Override
        public void batchCounts(Reply.BatchCounts m) {
            batchCounts.add(m.counts());
        }

        @Override
        public void parameters(Reply.Parameters m) {
            parameters = m.parameters();
        }

        @Override
        public void warnings(Reply.Warnings m) {
            warnings.addAll(m.faults());
        }

        @Override
        public void done(Reply.Done m) {
            finished = true;
        }

        @Override
        public void failed(Reply.Failed m) {
            finished = true;
            failure = Faults.exception(m.faults());
        }

        private void add(Result result) {
            if (!abandoned) {
                results.add(result);
            }
        }

        private void between() throws ProtocolFault {
            if (filling != null) {
                throw new ProtocolFault("A result begins inside another.");
            }
        }

        private RowCursor within() throws ProtocolFault {
            RowCursor rows = filling;
            if (rows == null) {
                throw new ProtocolFault("Rows came without columns.");
            }
            return rows;
        }
    }
}
