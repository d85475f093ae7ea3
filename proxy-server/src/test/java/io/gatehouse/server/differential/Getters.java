package io.gatehouse.server.differential;

import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Locale;

/** The getters of JDBC's conversion tables, as far as they hold for a value. */
final class Getters {
    private static final BigDecimal ONE_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Transcript t;
    private final ResultSet rows;
    private final boolean javaTime;

    Getters(Transcript t, ResultSet rows, boolean javaTime) {
        this.t = t;
        this.rows = rows;
        this.javaTime = javaTime;
    }

    void column(String name, int i, ResultSetMetaData data) throws SQLException {
        Object value = rows.getObject(i);
        t.note(name + " object", value);
        t.note(name + " null", rows.wasNull());
        if (!(value instanceof Blob)) {
            t.get(name + " string", () -> rows.getString(i));
        }
        String typeName = data.getColumnTypeName(i).toLowerCase(Locale.ROOT);
        switch (data.getColumnType(i)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> number(name, i);
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> number(name, i);
            case Types.NUMERIC, Types.DECIMAL -> number(name, i);
            case Types.BIT, Types.BOOLEAN -> t.get(name + " boolean", () -> rows.getBoolean(i));
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                    t.get(name + " bytes", () -> rows.getBytes(i));
            case Types.DATE -> date(name, i);
            case Types.TIME, Types.TIME_WITH_TIMEZONE -> time(name, i, typeName);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> timestamp(name, i, typeName);
            default -> {}
        }
    }

    private void number(String name, int i) {
        t.get(name + " double", () -> rows.getDouble(i));
        t.get(name + " float", () -> rows.getFloat(i));
        t.get(name + " decimal", () -> rows.getBigDecimal(i));
        BigDecimal value;
        try {
            value = rows.getBigDecimal(i);
        } catch (SQLException | NumberFormatException e) {
            // Not a number in this sense; the lines above have it.
            return;
        }
        boolean whole =
                value == null
                        || (value.stripTrailingZeros().scale() <= 0
                                && value.abs().compareTo(ONE_LONG) <= 0);
        if (whole) {
            t.get(name + " long", () -> rows.getLong(i));
        }
        if (whole && (value == null || value.abs().longValue() <= Integer.MAX_VALUE)) {
            t.get(name + " int", () -> rows.getInt(i));
        }
        if (whole && (value == null || value.abs().longValue() <= Byte.MAX_VALUE)) {
            t.get(name + " short", () -> rows.getShort(i));
            t.get(name + " byte", () -> rows.getByte(i));
        }
        if (whole && (value == null || value.abs().longValue() <= 1)) {
            t.get(name + " boolean", () -> rows.getBoolean(i));
        }
    }

    private void date(String name, int i) {
        t.get(name + " date", () -> rows.getDate(i));
        t.get(name + " timestamp", () -> rows.getTimestamp(i));
        if (javaTime) {
            t.get(name + " LocalDate", () -> rows.getObject(i, LocalDate.class));
        }
    }

    private void time(String name, int i, String typeName) {
        t.get(name + " time", () -> rows.getTime(i));
        if (javaTime && (typeName.equals("timetz") || typeName.contains("zone"))) {
            t.get(name + " OffsetTime", () -> rows.getObject(i, OffsetTime.class));
        } else if (javaTime) {
            t.get(name + " LocalTime", () -> rows.getObject(i, LocalTime.class));
        }
    }

    private void timestamp(String name, int i, String typeName) {
        t.get(name + " timestamp", () -> rows.getTimestamp(i));
        t.get(name + " date", () -> rows.getDate(i));
        t.get(name + " time", () -> rows.getTime(i));
        if (javaTime && (typeName.equals("timestamptz") || typeName.contains("zone"))) {
            t.get(name + " OffsetDateTime", () -> rows.getObject(i, OffsetDateTime.class));
        } else if (javaTime) {
            t.get(name + " LocalDateTime", () -> rows.getObject(i, LocalDateTime.class));
        }
    }
}
