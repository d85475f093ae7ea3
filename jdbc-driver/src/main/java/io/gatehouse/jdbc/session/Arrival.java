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

/** Takes what arrives for an answer, in its order. Everything is done under the session's lock. */
final class Arrival implements Reply.Handler {
    private final Answer answer;
    private final @Nullable StatementHandle statement;

    final Deque<Result> results = new ArrayDeque<>();
    final List<RowCursor> cursors = new ArrayList<>();
    final List<Fault> warnings = new ArrayList<>();
    final List<long[]> batchCounts = new ArrayList<>();
    List<ParameterDescription> parameters = List.of();
    @Nullable RowCursor outRow;
    @Nullable RowCursor filling;
    @Nullable SQLException failure;
    volatile boolean finished;
    boolean abandoned;

    Arrival(Answer answer, @Nullable StatementHandle statement) {
        this.answer = answer;
        this.statement = statement;
    }

    /** Whether all results have begun: OUT parameters come behind them. */
    boolean isPastResults() {
        return finished || outRow != null;
    }

    @Override
    public void columns(Reply.Columns m) throws ProtocolFault {
        between();
        List<Column> columns = m.columns();
        boolean own = m.kind() == Reply.Columns.RESULT || m.kind() == Reply.Columns.KEYS;
        if (columns == null) {
            columns = statement == null || !own ? null : statement.last(isKeys(m));
            if (columns == null) {
                throw new ProtocolFault("Columns as last sent, but none were.");
            }
        } else if (statement != null && own) {
            statement.last(isKeys(m), columns);
        }
        RowCursor rows = new RowCursor(answer, columns, m.kind(), m.full());
        filling = rows;
        if (own) {
            add(new Result(rows, -1));
        } else if (!abandoned) {
            output(m.kind(), rows);
        }
    }

    private static boolean isKeys(Reply.Columns m) {
        return m.kind() == Reply.Columns.KEYS;
    }

    private void output(int kind, RowCursor rows) throws ProtocolFault {
        boolean cursor = kind == Reply.Columns.CURSOR;
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
        answer.spent(m.cost());
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
