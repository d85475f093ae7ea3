package io.gatehouse.server.differential;

import io.gatehouse.server.differential.Transcript.Probe;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Result sets of every type: what they say of themselves, and walking about in them. */
final class ScrollProbes {
    private static final Map<String, Integer> TYPES =
            Map.of(
                    "forward", ResultSet.TYPE_FORWARD_ONLY,
                    "insensitive", ResultSet.TYPE_SCROLL_INSENSITIVE,
                    "sensitive", ResultSet.TYPE_SCROLL_SENSITIVE);
    private static final Map<String, Integer> CONCURRENCIES =
            Map.of(
                    "read-only", ResultSet.CONCUR_READ_ONLY,
                    "updatable", ResultSet.CONCUR_UPDATABLE);
    private static final Map<String, Integer> HOLDABILITIES =
            Map.of(
                    "hold", ResultSet.HOLD_CURSORS_OVER_COMMIT,
                    "close", ResultSet.CLOSE_CURSORS_AT_COMMIT);
    private static final String QUERY = "select id, name from probe order by id";

    private ScrollProbes() {}

    static Map<String, Probe> all() {
        Map<String, Probe> probes = new LinkedHashMap<>();
        probes.put("result set types", ScrollProbes::types);
        probes.put("result set abilities", ScrollProbes::abilities);
        probes.put("scrolling", ScrollProbes::scrolling);
        probes.put("scrolling without rows", ScrollProbes::empty);
        probes.put("scrolling forward only", ScrollProbes::forwardOnly);
        probes.put("holdability", ScrollProbes::holdability);
        return probes;
    }

    /** A combination of words for the transcript. */
    private interface Combination {
        void run(String name, int type, int concurrency) throws SQLException;
    }

    private static void each(Combination step) throws SQLException {
        for (Map.Entry<String, Integer> type : TYPES.entrySet()) {
            for (Map.Entry<String, Integer> concurrency : CONCURRENCIES.entrySet()) {
                String name = type.getKey() + " " + concurrency.getKey();
                step.run(name, type.getValue(), concurrency.getValue());
            }
        }
    }

    private static void types(Connection c, Transcript t) throws SQLException {
        each((name, type, concurrency) -> {
            t.attempt(
                    name,
                    () -> {
                        try (Statement s = c.createStatement(type, concurrency)) {
                            tell(t, name, c, s, s.executeQuery(QUERY));
                        }
                    });
            t.attempt(
                    name + " prepared",
                    () -> {
                        try (PreparedStatement s = c.prepareStatement(QUERY, type, concurrency)) {
                            tell(t, name + " prepared", c, s, s.executeQuery());
                        }
                    });
            for (Map.Entry<String, Integer> hold : HOLDABILITIES.entrySet()) {
                String held = name + " " + hold.getKey();
                t.attempt(
                        held,
                        () -> {
                            try (Statement s =
                                    c.createStatement(type, concurrency, hold.getValue())) {
                                tell(t, held, c, s, s.executeQuery(QUERY));
                            }
                        });
            }
        });
        t.attempt("no such type", () -> c.createStatement(1, ResultSet.CONCUR_READ_ONLY).close());
        t.attempt(
                "no such concurrency",
                () -> c.createStatement(ResultSet.TYPE_FORWARD_ONLY, 1).close());
        t.attempt("no such prepared type", () -> c.prepareStatement(QUERY, 1, 1).close());
    }

    private static void tell(Transcript t, String name, Connection c, Statement s, ResultSet rows)
            throws SQLException {
        t.note(name + " statement", s.getResultSetType() + " " + s.getResultSetConcurrency());
        t.value(name + " statement holdability", s::getResultSetHoldability);
        t.note(name + " rows", rows.getType() + " " + rows.getConcurrency());
        t.value(name + " rows holdability", rows::getHoldability);
        t.value(name + " direction", rows::getFetchDirection);
        int warnings = (s.getWarnings() == null ? 0 : 1) + (c.getWarnings() == null ? 0 : 1);
        t.note(name + " warned", warnings);
        c.clearWarnings();
    }

    private static void abilities(Connection c, Transcript t) throws SQLException {
        DatabaseMetaData data = c.getMetaData();
        each((name, type, concurrency) ->
                t.note(name, data.supportsResultSetConcurrency(type, concurrency)));
        for (Map.Entry<String, Integer> type : TYPES.entrySet()) {
            String name = type.getKey();
            int code = type.getValue();
            t.note(name, data.supportsResultSetType(code));
            t.note(name + " deletes", data.deletesAreDetected(code));
            t.note(name + " inserts", data.insertsAreDetected(code));
            t.note(name + " updates", data.updatesAreDetected(code));
            t.note(name + " own deletes", data.ownDeletesAreVisible(code));
            t.note(name + " own inserts", data.ownInsertsAreVisible(code));
            t.note(name + " own updates", data.ownUpdatesAreVisible(code));
            t.note(name + " others' deletes", data.othersDeletesAreVisible(code));
            t.note(name + " others' inserts", data.othersInsertsAreVisible(code));
            t.note(name + " others' updates", data.othersUpdatesAreVisible(code));
        }
        for (Map.Entry<String, Integer> hold : HOLDABILITIES.entrySet()) {
            t.note(hold.getKey(), data.supportsResultSetHoldability(hold.getValue()));
        }
        t.note("holdability", data.getResultSetHoldability());
    }

    private static Statement scrollable(Connection c) throws SQLException {
        return c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    }

    private static void place(Transcript t, String name, ResultSet rows) {
        t.value(name + " row", rows::getRow);
        t.value(name + " before first", rows::isBeforeFirst);
        t.value(name + " first", rows::isFirst);
        t.value(name + " last", rows::isLast);
        t.value(name + " after last", rows::isAfterLast);
        t.value(name + " name", () -> rows.getString(2));
    }

    private static void scrolling(Connection c, Transcript t) throws SQLException {
        try (Statement s = scrollable(c);
                ResultSet rows = s.executeQuery(QUERY)) {
            walk(t, rows);
        } catch (SQLException e) {
            t.attempt(
                    "scrolling",
                    () -> {
                        throw e;
                    });
        }
    }

    private static void walk(Transcript t, ResultSet rows) {
        place(t, "start", rows);
        t.value("last", rows::last);
        place(t, "last", rows);
        t.value("next", rows::next);
        place(t, "behind", rows);
        t.value("next again", rows::next);
        t.value("previous", rows::previous);
        place(t, "back", rows);
        t.value("first", rows::first);
        place(t, "first", rows);
        t.value("previous of first", rows::previous);
        place(t, "before", rows);
        t.value("previous again", rows::previous);
        for (int n : new int[] {2, -1, 3, 0, -3, 4, -4, 99, -99, 1}) {
            t.value("absolute " + n, () -> rows.absolute(n));
            place(t, "at " + n, rows);
        }
        for (int n : new int[] {1, 0, 1, -2, -1, 2, 5, -1, -9}) {
            t.value("relative " + n, () -> rows.relative(n));
            place(t, "by " + n, rows);
        }
        t.attempt("after last", rows::afterLast);
        place(t, "after last", rows);
        t.attempt("before first", rows::beforeFirst);
        place(t, "before first", rows);
        for (int direction :
                new int[] {ResultSet.FETCH_REVERSE, ResultSet.FETCH_UNKNOWN, 1, 1000}) {
            t.attempt("direction " + direction, () -> rows.setFetchDirection(direction));
            t.value("direction then " + direction, rows::getFetchDirection);
        }
        t.attempt("rows", () -> t.rows("all", rows));
    }

    private static void empty(Connection c, Transcript t) throws SQLException {
        t.attempt(
                "empty",
                () -> {
                    try (Statement s = scrollable(c);
                            ResultSet rows = s.executeQuery("select id, name from keyed")) {
                        place(t, "start", rows);
                        t.value("last", rows::last);
                        t.value("first", rows::first);
                        t.value("absolute", () -> rows.absolute(1));
                        t.value("relative", () -> rows.relative(-1));
                        t.value("previous", rows::previous);
                        t.value("next", rows::next);
                        t.attempt("after last", rows::afterLast);
                        place(t, "end", rows);
                    }
                });
    }

    private static void forwardOnly(Connection c, Transcript t) throws SQLException {
        try (Statement s =
                        c.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = s.executeQuery(QUERY)) {
            t.value("next", rows::next);
            t.value("first", rows::isFirst);
            t.value("before", rows::isBeforeFirst);
            t.attempt("previous", rows::previous);
            t.attempt("absolute", () -> rows.absolute(1));
            t.attempt("go first", rows::first);
            t.attempt("go last", rows::last);
            t.attempt("go before first", rows::beforeFirst);
            t.attempt("go after last", rows::afterLast);
            t.attempt("direction", () -> rows.setFetchDirection(ResultSet.FETCH_REVERSE));
        }
    }

    private static void holdability(Connection c, Transcript t) throws SQLException {
        t.value("of connection", c::getHoldability);
        for (Map.Entry<String, Integer> hold : HOLDABILITIES.entrySet()) {
            String name = hold.getKey();
            t.attempt("set " + name, () -> c.setHoldability(hold.getValue()));
            t.value("then " + name, c::getHoldability);
            c.setAutoCommit(false);
            try (Statement s = c.createStatement()) {
                ResultSet rows = s.executeQuery(QUERY);
                t.value("next", rows::next);
                t.attempt("commit", c::commit);
                t.value("closed", rows::isClosed);
                t.value("next after commit", rows::next);
                t.value("name after commit", () -> rows.getString(2));
            }
            t.attempt("commit again", c::commit);
            c.setAutoCommit(true);
        }
        t.attempt("set nonsense", () -> c.setHoldability(5));
    }
}
