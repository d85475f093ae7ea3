package io.gatehouse.server.differential;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything that an application can see of what it did, as lines to compare. */
final class Transcript {
    /** A getter that the driver refuses: JDBC's tables promise more than some vendors keep. */
    static final String REFUSED = "refused";

    /** A failure that no application can be meant to see. */
    static final String STUMBLED = "stumbled over ";

    private static final int LONG = 200;

    private final List<Line> lines = new ArrayList<>();

    /** One observation. */
    record Line(String what, String value) {
        @Override
        public String toString() {
            return what + ": " + value;
        }
    }

    /** One small program. */
    interface Probe {
        void run(Connection connection, Transcript transcript) throws SQLException;
    }

    /** Something that may fail; its failure is part of the transcript. */
    interface Step {
        void run() throws SQLException;
    }

    /** A read of one value. */
    interface Read {
        Object get() throws SQLException;
    }

    static List<Line> of(Connection connection, Probe probe) throws SQLException {
        Transcript transcript = new Transcript();
        probe.run(connection, transcript);
        return transcript.lines;
    }

    void note(String what, Object value) throws SQLException {
        lines.add(new Line(what, show(value)));
    }

    /** Runs a step; an error is noted by SQLSTATE and vendor code, which applications branch on. */
    void attempt(String what, Step step) {
        try {
            step.run();
            lines.add(new Line(what, "ok"));
        } catch (BatchUpdateException e) {
            lines.add(
                    new Line(
                            what,
                            "batch error " + code(e) + " " + Arrays.toString(e.getUpdateCounts())));
        } catch (SQLException e) {
            lines.add(new Line(what, "error " + code(e)));
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | NullPointerException
                | UnsupportedOperationException e) {
            // Some vendors' drivers do not check.
            lines.add(new Line(what, "error " + e.getClass().getSimpleName()));
        }
    }

    private static String code(SQLException e) {
        return e.getSQLState() + " " + e.getErrorCode();
    }

    /** A value, or the error instead of it. */
    void value(String what, Read read) {
        attempt(what, () -> note(what + " =", read.get()));
    }

    /** Reads something that may not be convertible: that it fails matters, not how. */
    void get(String what, Read read) {
        try {
            note(what, read.get());
        } catch (SQLException | RuntimeException e) {
            // Some drivers stumble over texts that they do not know.
            lines.add(new Line(what, REFUSED));
        }
    }

    /** What a method does; one that a driver refuses as such may work elsewhere. */
    void outcome(String what, Read read) {
        try {
            note(what, read.get());
        } catch (SQLFeatureNotSupportedException | UnsupportedOperationException e) {
            lines.add(new Line(what, REFUSED));
        } catch (SQLException e) {
            boolean refused = "0A000".equals(e.getSQLState());
            lines.add(new Line(what, refused ? REFUSED : "error " + e.getSQLState()));
        } catch (RuntimeException e) {
            lines.add(new Line(what, "error " + e.getClass().getSimpleName()));
        }
    }

    /** What a method gives, or the class and the SQLSTATE of its failure. */
    void exact(String what, Read read) {
        outcome(what, read, false);
    }

    /** As {@link #exact}, with the vendor's code where there is a SQLSTATE. */
    void precise(String what, Read read) {
        outcome(what, read, true);
    }

    private void outcome(String what, Read read, boolean withCode) {
        try {
            note(what, read.get());
        } catch (SQLException e) {
            Class<?> type = e.getClass();
            while (!type.getName().startsWith("java.")) {
                type = type.getSuperclass();
            }
            String code = withCode && e.getSQLState() != null ? "/" + e.getErrorCode() : "";
            lines.add(
                    new Line(what, "error " + e.getSQLState() + code + " " + type.getSimpleName()));
        } catch (RuntimeException | AssertionError e) {
            // Some vendors' drivers only assert what they do not check.
            lines.add(new Line(what, STUMBLED + e.getClass().getSimpleName()));
        }
    }

    void warnings(String what, SQLWarning first) throws SQLException {
        int number = 0;
        for (SQLWarning w = first; w != null; w = w.getNextWarning()) {
            note(what + " " + ++number, w.getSQLState() + " " + w.getMessage());
        }
        note(what, number);
    }

    void rows(String what, ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        int number = 0;
        while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                line.append(i == 1 ? "" : " | ").append(show(rows.getObject(i)));
            }
            lines.add(new Line(what + " row " + ++number, line.toString()));
        }
        note(what + " rows", number);
    }

    void query(String what, Statement s, String sql) throws SQLException {
        try (ResultSet rows = s.executeQuery(sql)) {
            rows(what, rows);
        }
    }

    /** Each value through the getters that JDBC's tables recommend for its type. */
    void getters(String what, ResultSet rows, boolean javaTime) throws SQLException {
        ResultSetMetaData data = rows.getMetaData();
        Getters getters = new Getters(this, rows, javaTime);
        while (rows.next()) {
            for (int i = 1; i <= data.getColumnCount(); i++) {
                getters.column(what + "." + data.getColumnLabel(i), i, data);
            }
        }
    }

    void metadata(String what, ResultSetMetaData data) throws SQLException {
        note(what + " columns", data.getColumnCount());
        for (int i = 1; i <= data.getColumnCount(); i++) {
            String column = what + "." + data.getColumnLabel(i) + " ";
            note(column + "name", data.getColumnName(i));
            note(column + "type", data.getColumnType(i) + " " + data.getColumnTypeName(i));
            note(column + "class", data.getColumnClassName(i));
            note(column + "precision", data.getPrecision(i));
            note(column + "scale", data.getScale(i));
            note(column + "size", data.getColumnDisplaySize(i));
            note(column + "nullable", data.isNullable(i));
            note(column + "signed", data.isSigned(i));
            note(column + "auto", data.isAutoIncrement(i));
            note(column + "table", data.getTableName(i));
            note(column + "schema", data.getSchemaName(i));
            note(column + "catalog", data.getCatalogName(i));
            note(
                    column + "flags",
                    List.of(
                            data.isCaseSensitive(i),
                            data.isSearchable(i),
                            data.isCurrency(i),
                            data.isReadOnly(i),
                            data.isWritable(i),
                            data.isDefinitelyWritable(i)));
        }
    }

    void parameters(String what, ParameterMetaData data) throws SQLException {
        note(what + " count", data.getParameterCount());
        for (int i = 1; i <= data.getParameterCount(); i++) {
            int n = i;
            value(what + " " + i + " type", () -> data.getParameterType(n));
            value(what + " " + i + " type name", () -> data.getParameterTypeName(n));
            value(what + " " + i + " class", () -> data.getParameterClassName(n));
            value(what + " " + i + " mode", () -> data.getParameterMode(n));
            value(what + " " + i + " nullable", () -> data.isNullable(n));
            value(what + " " + i + " signed", () -> data.isSigned(n));
            value(what + " " + i + " precision", () -> data.getPrecision(n));
            value(what + " " + i + " scale", () -> data.getScale(n));
        }
    }

    private static String show(Object value) throws SQLException {
        if (value == null) {
            return "null";
        }
        return switch (value) {
            case byte[] bytes when bytes.length > LONG ->
                    "byte[" + bytes.length + "] hash " + Arrays.hashCode(bytes);
            case byte[] bytes -> "byte[] " + Arrays.toString(bytes);
            case int[] counts -> Arrays.toString(counts);
            case long[] counts -> Arrays.toString(counts);
            case Blob blob -> "Blob " + show(blob.getBytes(1, (int) blob.length()));
            case Clob clob -> "Clob " + show(clob.getSubString(1, (int) clob.length()));
            case String text when text.length() > LONG ->
                    "String(" + text.length() + ") hash " + text.hashCode();
            case BigDecimal number when number.precision() > LONG ->
                    "BigDecimal(" + number.precision() + ") hash " + number.hashCode();
            case BigDecimal number ->
                    "BigDecimal " + number.unscaledValue() + " scale " + number.scale();
            default -> value.getClass().getSimpleName() + " " + value;
        };
    }
}
