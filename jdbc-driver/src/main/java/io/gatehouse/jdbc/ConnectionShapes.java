package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.session.Session;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.url.ConnectOptions;
import io.gatehouse.jdbc.wire.Argument;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What kinds of result sets the backend's driver makes; it is asked once for each. */
abstract class ConnectionShapes extends ConnectionState {
    private final Map<List<Integer>, ResultShape> shapes = new HashMap<>();
    private @Nullable Integer wantedHoldability;
    private @Nullable Integer holdability;

    ConnectionShapes(Session session, ConnectOptions options, @Nullable Lender lender) {
        super(session, options, lender);
    }

    /**
     * The shape that comes out of what is asked for.
     *
     * @param wanted a holdability; 0 for that of the connection
     */
    final ResultShape shape(int type, int concurrency, int wanted) throws SQLException {
        checkOpen();
        if (type < ResultSet.TYPE_FORWARD_ONLY
                || type > ResultSet.TYPE_SCROLL_SENSITIVE
                || concurrency < ResultSet.CONCUR_READ_ONLY
                || concurrency > ResultSet.CONCUR_UPDATABLE
                || wanted < 0
                || wanted > ResultSet.CLOSE_CURSORS_AT_COMMIT) {
            throw Faults.badArgument(
                    "This is not a type, concurrency or holdability of a result set.");
        }
        if (wanted == 0
                && type == ResultSet.TYPE_FORWARD_ONLY
                && concurrency == ResultSet.CONCUR_READ_ONLY) {
            return ResultShape.USUAL;
        }
        List<Integer> asked = List.of(type, concurrency, wanted);
        ResultShape known = shapes.get(asked);
        if (known == null) {
            known = ask(asked);
            shapes.put(asked, known);
        }
        return known;
    }

    private ResultShape ask(List<Integer> asked) throws SQLException {
        List<Argument> arguments =
                List.of(
                        Argument.number(asked.get(0)),
                        Argument.number(asked.get(1)),
                        Argument.number(asked.get(2)));
        String told = catalogValue("connection.resultSets", arguments);
        String[] parts = told == null ? new String[0] : told.split(" ");
        try {
            return new ResultShape(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    asked.get(2) == 0 ? 0 : Integer.parseInt(parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw Faults.violation("The broker answered with no kind of result set.", e);
        }
    }

    /**
     * Whether a result can be read when its transaction has ended. PostgreSQL's driver reads
     * through a cursor, which ends with it, only where a fetch size and no holdability was given.
     */
    final boolean outlivesTransaction(int fetchSize, ResultShape shape) {
        boolean cursor = manner() == Manner.POSTGRES && fetchSize > 0;
        int asked = shape.holdability();
        boolean held =
                asked == 0
                        ? Integer.valueOf(ResultSet.HOLD_CURSORS_OVER_COMMIT)
                                .equals(wantedHoldability)
                        : asked == ResultSet.HOLD_CURSORS_OVER_COMMIT;
        return !cursor || held;
    }

    @Override
    public final void setHoldability(int wanted) throws SQLException {
        checkOpen();
        if (wanted != ResultSet.HOLD_CURSORS_OVER_COMMIT
                && wanted != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
            throw Faults.badArgument("This is not a holdability.");
        }
        if (!Integer.valueOf(wanted).equals(wantedHoldability)) {
            holdability = number("connection.setHoldability", List.of(Argument.number(wanted)));
            wantedHoldability = wanted;
        }
    }

    @Override
    public final int getHoldability() throws SQLException {
        checkOpen();
        Integer known = holdability;
        if (known == null) {
            known = number("connection.getHoldability", List.of());
            holdability = known;
        }
        return known;
    }

    private int number(String method, List<Argument> arguments) throws SQLException {
        try (ResultSet rows = catalogRows(method, arguments)) {
            if (!rows.next()) {
                throw Faults.violation("The broker answered " + method + " without a row.", null);
            }
            return rows.getInt(1);
        }
    }
}
