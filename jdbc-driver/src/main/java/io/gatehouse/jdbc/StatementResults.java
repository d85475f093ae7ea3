package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Answer;
import io.gatehouse.jdbc.session.Result;
import io.gatehouse.jdbc.session.RowCursor;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.session.StatementHandle;
import io.gatehouse.jdbc.type.Cell;
import io.gatehouse.jdbc.wire.Column;
import io.gatehouse.jdbc.wire.Parameter;
import io.gatehouse.jdbc.wire.Request;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Running a statement, and walking through its results. */
abstract class StatementResults extends StatementOptions {
    private static final int NOTHING_RUNS = 0;

    private @Nullable Answer answer;
    private @Nullable GatehouseResultSet resultSet;
    private @Nullable GatehouseResultSet keys;
    private final List<GatehouseResultSet> kept = new ArrayList<>();
    private long updateCount = -1;
    private volatile int running = NOTHING_RUNS;
    private @Nullable StatementHandle ran;

    StatementResults(GatehouseConnection connection) {
        super(connection);
    }

    final Session session() {
        return connection().session();
    }

    /** A place for the values of its results. */
    final Cell cell() {
        return new Cell(connection().manner(), session()::textZone);
    }

    /** Runs a text and stands at its first result; whether that is rows. */
    final boolean run(StatementHandle statement, int expect, List<Parameter> parameters)
            throws SQLException {
        leaveResults();
        ran = statement;
        try {
            return standAtFirst(send(statement, expect, parameters), statement, expect);
        } catch (SQLException e) {
            connection().lending().failed(self(), session(), e);
            throw e;
        }
    }

    private boolean standAtFirst(Answer a, StatementHandle statement, int expect)
            throws SQLException {
        if (expect == Request.Execute.ROWS && !statement.isCall()) {
            a.single();
        }
        if (connection().outlivesTransaction(getFetchSize(), shape())) {
            a.outlivesTransaction();
        }
        begin(a);
        try {
            Result first = a.next();
            RowCursor rows = first == null ? null : first.rows();
            if (rows == null) {
                a.settle();
            } else {
                a.settle(rows, getFetchSize());
            }
            stand(first);
            return rows != null;
        } catch (SQLException e) {
            answer = null;
            throw e;
        } finally {
            end(a);
        }
    }

    private Answer send(StatementHandle statement, int expect, List<Parameter> parameters)
            throws SQLException {
        if (!Parameter.anyArrives(parameters)) {
            return session().execute(statement, how(expect), parameters);
        }
        boolean sent = false;
        try {
            Answer a = session().feed(statement, how(expect), parameters, this::begin);
            sent = true;
            return a;
        } finally {
            if (!sent) {
                answer = null;
                running = NOTHING_RUNS;
            }
        }
    }

    /** The answer to the last execution; null before one, and after one that failed at once. */
    final @Nullable Answer answer() {
        return answer;
    }

    final void begin(Answer a) {
        answer = a;
        running = a.id();
    }

    final void end(Answer a) {
        if (a.isFinished()) {
            running = NOTHING_RUNS;
        }
        warn(a.takeWarnings());
    }

    final void keys(@Nullable RowCursor rows) {
        keys = rows == null ? null : new GatehouseResultSet(rows, self(), rows::columns);
    }

    final boolean isKeysKnown() {
        return keys != null;
    }

    abstract GatehouseStatement self();

    private void stand(@Nullable Result result) throws SQLException {
        RowCursor rows = result == null ? null : result.rows();
        if (rows != null) {
            updateCount = -1;
            StatementHandle of = ran;
            ColumnDetail full = () -> detail(rows, of);
            resultSet =
                    isUsualShape()
                            ? new GatehouseResultSet(rows, self(), full)
                            : new GatehouseResultSet(rows, self(), shape(), full);
        } else {
            resultSet = null;
            updateCount = result == null ? -1 : result.count();
        }
    }

    private List<Column> detail(RowCursor rows, @Nullable StatementHandle of) throws SQLException {
        if (rows.isFull() || of == null) {
            return rows.columns();
        }
        List<Column> described = connection().describe(of).columns();
        return described.size() == rows.columns().size() ? described : rows.columns();
    }

    final GatehouseResultSet rows() throws SQLException {
        GatehouseResultSet rows = resultSet;
        if (rows == null) {
            throw Faults.sequence("The statement did not return rows.");
        }
        return rows;
    }

    final long count() {
        return updateCount;
    }

    /** Gives up on all results, as the next execution and closing do. */
    final void leaveResults() throws SQLException {
        Answer a = answer;
        answer = null;
        GatehouseResultSet open = resultSet;
        resultSet = null;
        GatehouseResultSet openKeys = keys;
        keys = null;
        updateCount = -1;
        if (a != null && !a.isFinished()) {
            a.abandon();
        }
        if (open != null) {
            open.close();
        }
        if (openKeys != null) {
            openKeys.close();
        }
        closeKept();
    }

    private void closeKept() throws SQLException {
        List<GatehouseResultSet> all = List.copyOf(kept);
        kept.clear();
        for (GatehouseResultSet one : all) {
            one.close();
        }
    }

    /** A result set of this statement was closed by the application. */
    final void closedResult(GatehouseResultSet which) throws SQLException {
        boolean wasKept = kept.remove(which);
        if (which == resultSet) {
            Answer a = answer;
            if (a == null || a.isFinished()) {
                running = NOTHING_RUNS;
            }
        }
        GatehouseResultSet open = resultSet;
        boolean none = kept.isEmpty() && (open == null || open.isClosed());
        if ((wasKept || which == open) && none && isCloseOnCompletionNow()) {
            close();
        }
    }

    private boolean isCloseOnCompletionNow() throws SQLException {
        return !isClosed() && isCloseOnCompletion();
    }

    @Override
    public final @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return resultSet;
    }

    @Override
    public final int getUpdateCount() throws SQLException {
        return narrow(getLargeUpdateCount());
    }

    @Override
    public final long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return updateCount;
    }

    static int narrow(long count) {
        return count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count;
    }

    @Override
    public final boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public final boolean getMoreResults(int what) throws SQLException {
        checkOpen();
        if (what < CLOSE_CURRENT_RESULT || what > CLOSE_ALL_RESULTS) {
            throw Faults.badArgument("This is not a way to treat the results before the next.");
        }
        Answer a = answer;
        GatehouseResultSet open = resultSet;
        if (what == KEEP_CURRENT_RESULT && a != null && open != null && !open.isClosed()) {
            a.keepCurrent();
            kept.add(open);
            open = null;
        }
        if (what == CLOSE_ALL_RESULTS) {
            closeKept();
        }
        resultSet = null;
        updateCount = -1;
        if (a == null) {
            return false;
        }
        try {
            Result next = a.next();
            while (next != null && next.rows() != null && next.rows().isKeys()) {
                keys(next.rows());
                next = a.next();
            }
            stand(next);
            return resultSet != null;
        } finally {
            end(a);
            if (open != null) {
                open.close();
            }
        }
    }

    @Override
    public final ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        Answer a = answer;
        if (keys == null && a != null) {
            keys(a.keys());
        }
        GatehouseResultSet known = keys;
        if (known == null) {
            RowCursor none = RowCursor.empty();
            known = new GatehouseResultSet(none, self(), none::columns);
        }
        return known;
    }

    @Override
    public final void cancel() throws SQLException {
        checkOpen();
        int id = running;
        if (id != NOTHING_RUNS) {
            session().cancel(id);
        }
    }
}
