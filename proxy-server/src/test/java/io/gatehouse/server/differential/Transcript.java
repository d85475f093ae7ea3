package io.gatehouse.server.differential;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything that an application can see of what it did, as lines to compare. */
final class Transcript {
    private final List<String> lines = new ArrayList<>();

    /** Something that may fail; its failure is part of the transcript. */
    interface Step {
        void run() throws SQLException;
    }

    void note(String what, Object value) {
        lines.add(what + ": " + show(value));
    }

    /** Runs a step; an error is noted by SQLSTATE and vendor code, which applications branch on. */
    void attempt(String what, Step step) {
        try {
            step.run();
            lines.add(what + ": ok");
        } catch (BatchUpdateException e) {
            lines.add(
                    what
                            + ": batch error "
                            + e.getSQLState()
                            + " "
                            + e.getErrorCode()
                            + " "
                            + Arrays.toString(e.getUpdateCounts()));
        } catch (SQLException e) {
            lines.add(what + ": error " + e.getSQLState() + " " + e.getErrorCode());
        }
    }

    void rows(String what, ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        int number = 0;
        while (rows.next()) {
            StringBuilder line = new StringBuilder(what + " row " + ++number + ":");
            for (int i = 1; i <= columns; i++) {
                line.append(" | ").append(show(rows.getObject(i)));
            }
            lines.add(line.toString());
        }
        lines.add(what + " rows: " + number);
    }

    /** Each value through the getters that applications use most. */
    void getters(String what, ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                int column = i;
                String name = what + "." + rows.getMetaData().getColumnLabel(i);
                note(name + " object", rows.getObject(i));
                note(name + " null", rows.wasNull());
                get(name + " string", () -> rows.getString(column));
                get(name + " int", () -> rows.getInt(column));
                get(name + " long", () -> rows.getLong(column));
                get(name + " double", () -> rows.getDouble(column));
                get(name + " decimal", () -> rows.getBigDecimal(column));
                get(name + " boolean", () -> rows.getBoolean(column));
            }
        }
    }

    /** Reads something that may not be convertible: that it fails matters, not how. */
    void get(String what, Read read) {
        try {
            note(what, read.get());
        } catch (SQLException e) {
            lines.add(what + ": no");
        }
    }

    /** A read of one value. */
    interface Read {
        Object get() throws SQLException;
    }

    void metadata(String what, ResultSetMetaData data) throws SQLException {
        for (int i = 1; i <= data.getColumnCount(); i++) {
            lines.add(
                    String.join(
                            " ",
                            what,
                            "column " + i,
                            data.getColumnLabel(i),
                            data.getColumnName(i),
                            Integer.toString(data.getColumnType(i)),
                            data.getColumnTypeName(i),
                            data.getColumnClassName(i),
                            "precision=" + data.getPrecision(i),
                            "scale=" + data.getScale(i),
                            "size=" + data.getColumnDisplaySize(i),
                            "nullable=" + data.isNullable(i),
                            "signed=" + data.isSigned(i),
                            "auto=" + data.isAutoIncrement(i),
                            "table=" + data.getTableName(i)));
        }
    }

    private static String show(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof byte[] bytes) {
            return "byte[] " + Arrays.toString(bytes);
        }
        if (value instanceof int[] counts) {
            return Arrays.toString(counts);
        }
        if (value instanceof long[] counts) {
            return Arrays.toString(counts);
        }
        return value.getClass().getSimpleName() + " " + value;
    }

    List<String> lines() {
        return lines;
    }
}
