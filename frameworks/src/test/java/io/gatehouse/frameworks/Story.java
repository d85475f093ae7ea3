package io.gatehouse.frameworks;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** What a program saw, line by line. */
final class Story {
    private final List<String> lines = new ArrayList<>();

    interface Action {
        void run() throws Exception;
    }

    List<String> lines() {
        return lines;
    }

    void tell(String what, Object value) {
        lines.add(what + ": " + text(value));
    }

    /** Every row, by the names of its columns. */
    void rows(String what, ResultSet rows) throws SQLException {
        rows(what, rows, column -> true);
    }

    void rows(String what, ResultSet rows, Predicate<String> columns) throws SQLException {
        try (rows) {
            ResultSetMetaData about = rows.getMetaData();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= about.getColumnCount(); i++) {
                    String name = about.getColumnLabel(i);
                    if (columns.test(name)) {
                        row.add(name + "=" + text(rows.getObject(i)));
                    }
                }
                tell(what, row);
            }
        }
    }

    /** Something that must fail: the framework's exception and the database's SQLSTATE. */
    void refused(String what, Action action) {
        try {
            action.run();
        } catch (Exception e) {
            lines.add(what + ": " + told(e));
            return;
        }
        throw new AssertionError(what + " was not refused.");
    }

    private static String told(Exception thrown) {
        String outer = thrown instanceof SQLException ? "" : thrown.getClass().getName() + " ";
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql && sql.getSQLState() != null) {
                return outer + sql.getSQLState();
            }
        }
        return outer;
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> Arrays.toString(bytes);
            case int[] ints -> Arrays.toString(ints);
            case Object[] array -> Arrays.deepToString(array);
            default -> value.toString();
        };
    }
}
