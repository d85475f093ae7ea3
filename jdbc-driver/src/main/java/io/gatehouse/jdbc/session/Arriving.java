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
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What has arrived of an answer and was not asked for yet. Everything under the session's lock. */
abstract class Arriving implements RowSource {
    final Deque<Result> results = new ArrayDeque<>();
    final List<Fault> warnings = new ArrayList<>();
    final List<long[]> batchCounts = new ArrayList<>();
    List<ParameterDescription> parameters = List.of();
    final List<RowCursor> cursors = new ArrayList<>();
    @Nullable RowCursor outRow;
    @Nullable RowCursor filling;
    @Nullable SQLException failure;
    volatile boolean finished;

    /** How many parts of a batch are answered. */
    volatile int partsAnswered;

    boolean abandoned;
    long credit;

    private final @Nullable StatementHandle statement;
    private final Arrival arrival = new Arrival();

    /** What the broker wants of parameters; also read without the lock. */
    final Queue<Reply.Wanted> wanted = new ConcurrentLinkedQueue<>();

    /** Whether a row has begun that has not ended. */
    volatile boolean midRow;

    Arriving(@Nullable StatementHandle statement, long credit) {
        this.statement = statement;
        this.credit = credit;
    }

    final @Nullable StatementHandle statement() {
        return statement;
    }

    /** Whether all results have begun: OUT parameters come behind them. */
    final boolean isPastResults() {
        return finished || outRow != null;
    }

    /** The generated keys, where they are what comes next; null otherwise. */
    final @Nullable RowCursor keysNext() {
        RowCursor rows = results.isEmpty() ? null : results.element().rows();
        return rows != null && rows.isKeys() ? rows : null;
    }

    /** It ends without its broker; null is success. */
    final void ended(@Nullable SQLException why) {
        finished = true;
        failure = why;
    }

    final void arrived(Reply reply) throws ProtocolFault {
        reply.give(arrival);
    }

    /** The broker waits for credit in the middle of a row. */
    abstract void halted();

    /** Takes what arrives, in its order. */
    private final class Arrival implements Reply.Handler {
        @Override
        public void columns(Reply.Columns m) throws ProtocolFault {
            between();
            List<Column> columns = m.columns();
            boolean keys = m.kind() == Reply.Columns.KEYS;
            boolean own = keys || m.kind() == Reply.Columns.RESULT;
            if (columns == null) {
                columns = statement == null || !own ? null : statement.last(keys);
                if (columns == null) {
                    throw new ProtocolFault("Columns as last sent, but none were.");
                }
            } else if (statement != null && own) {
                statement.last(keys, columns);
            }
            RowCursor rows = new RowCursor(Arriving.this, columns, m.kind(), m.full());
            filling = rows;
            if (own) {
                add(new Result(rows, -1));
            } else if (!abandoned) {
                output(m.kind() == Reply.Columns.CURSOR, rows);
            }
        }

        private void output(boolean cursor, RowCursor rows) throws ProtocolFault {
            if (cursor == (outRow == null)) {
                throw new ProtocolFault("OUT parameters come once, and before their cursors.");
            }
            if (cursor) {
                cursors.add(rows);
            } else {
                outRow = rows;
            }
        }

        @Override
        public void rows(Reply.Rows m) throws ProtocolFault {
            credit -= m.cost();
            RowCursor rows = within();
            midRow = m.isPart() && m.count() == 0;
            if (midRow && credit <= 0) {
                halted();
            }
            if (!abandoned) {
                rows.arrived(m);
            }
        }

        @Override
        public void endRows(Reply.EndRows m) throws ProtocolFault {
            within().arrivedEnd();
            filling = null;
            midRow = false;
        }

        @Override
        public void wanted(Reply.Wanted m) {
            wanted.add(m);
        }

        @Override
        public void count(Reply.Count m) throws ProtocolFault {
            between();
            add(new Result(null, m.count()));
        }

        @Override
        public void batchCounts(Reply.BatchCounts m) {
            batchCounts.add(m.counts());
            partsAnswered = batchCounts.size();
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
