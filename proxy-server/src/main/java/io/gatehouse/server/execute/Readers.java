package io.gatehouse.server.execute;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/** The readers: each calls the cheapest getter of its type. */
final class Readers {
    static final ValueReader BOOL = Readers::bool;
    static final ValueReader INT2 = Readers::int2;
    static final ValueReader INT4 = Readers::int4;
    static final ValueReader INT8 = Readers::int8;
    static final ValueReader FLOAT4 = Readers::float4;
    static final ValueReader FLOAT8 = Readers::float8;
    static final ValueReader NUMERIC =
            of(ResultSet::getBigDecimal, RowSink::numeric, value -> value.precision());
    static final ValueReader NUMERIC_OR_SPECIAL = Readers::numericOrSpecial;
    static final ValueReader NUMERIC_AS_WRITTEN = Readers::numericAsWritten;
    static final ValueReader TEXT = of(ResultSet::getString, RowSink::text, String::length);
    static final ValueReader BYTES = of(ResultSet::getBytes, RowSink::bytes, value -> value.length);
    static final ValueReader DATE = object(LocalDate.class, RowSink::date);
    static final ValueReader TIME = object(LocalTime.class, RowSink::time);
    static final ValueReader TIMETZ = object(OffsetTime.class, RowSink::timeWithZone);
    static final ValueReader TIMESTAMP = object(LocalDateTime.class, RowSink::timestamp);
    static final ValueReader TIMESTAMPTZ = object(OffsetDateTime.class, RowSink::timestampWithZone);
    static final ValueReader DAY_OR_TEXT = dayOr(LocalDate.class, RowSink::date);
    static final ValueReader MOMENT_OR_TEXT = dayOr(LocalDateTime.class, RowSink::timestamp);
    static final ValueReader UUID_OBJECT = object(UUID.class, RowSink::uuid);

    private static final int FIXED = 16;

    private Readers() {}

    private interface Getter<T> {
        T get(ResultSet rs, int column) throws SQLException;
    }

    private static <T> ValueReader of(
            Getter<T> getter, BiConsumer<RowSink, T> give, ToIntFunction<T> size) {
        return (rs, column, sink) -> {
            T value = getter.get(rs, column);
            if (value == null) {
                sink.nul();
                return 0;
            }
            give.accept(sink, value);
            return size.applyAsInt(value);
        };
    }

    private static <T> ValueReader object(Class<T> type, BiConsumer<RowSink, T> give) {
        return of((rs, column) -> rs.getObject(column, type), give, value -> FIXED);
    }

    /** MariaDB's and MySQL's days: some are in no calendar, and are read as a text. */
    private static <T> ValueReader dayOr(Class<T> type, BiConsumer<RowSink, T> give) {
        return (rs, column, sink) -> {
            T value = null;
            try {
                value = rs.getObject(column, type);
            } catch (SQLException | DateTimeException e) {
                if (rs.isClosed()) {
                    throw e;
                }
            }
            String text = value == null ? writtenDay(rs, column, type) : null;
            if (value != null) {
                give.accept(sink, value);
            } else if (text == null) {
                sink.nul();
            } else {
                sink.noDay(text);
            }
            return FIXED;
        };
    }

    /**
     * Of a prepared statement's, MariaDB's driver gives some only as the day that it makes of them.
     */
    private static @Nullable String writtenDay(ResultSet rs, int column, Class<?> type)
            throws SQLException {
        try {
            return rs.getString(column);
        } catch (SQLDataException e) {
            if (type == LocalDate.class) {
                Date made = rs.getDate(column);
                return made == null ? null : made.toLocalDate().toString();
            }
            Timestamp made = rs.getTimestamp(column);
            return made == null ? null : made.toLocalDateTime().toString().replace('T', ' ');
        }
    }

    private static int bool(ResultSet rs, int column, RowSink sink) throws SQLException {
        boolean value = rs.getBoolean(column);
        if (rs.wasNull()) {
            sink.nul();
        } else {
            sink.bool(value);
        }
        return 1;
    }

    private static int int2(ResultSet rs, int column, RowSink sink) throws SQLException {
        short value = rs.getShort(column);
        if (value == 0 && rs.wasNull()) {
            sink.nul();
        } else {
            sink.int2(value);
        }
        return Short.BYTES;
    }

    private static int int4(ResultSet rs, int column, RowSink sink) throws SQLException {
        int value = rs.getInt(column);
        if (value == 0 && rs.wasNull()) {
            sink.nul();
        } else {
            sink.int4(value);
        }
        return Integer.BYTES;
    }

    private static int int8(ResultSet rs, int column, RowSink sink) throws SQLException {
        long value = rs.getLong(column);
        if (value == 0 && rs.wasNull()) {
            sink.nul();
        } else {
            sink.int8(value);
        }
        return Long.BYTES;
    }

    private static int float4(ResultSet rs, int column, RowSink sink) throws SQLException {
        float value = rs.getFloat(column);
        if (value == 0 && rs.wasNull()) {
            sink.nul();
        } else {
            sink.float4(value);
        }
        return Float.BYTES;
    }

    private static int float8(ResultSet rs, int column, RowSink sink) throws SQLException {
        double value = rs.getDouble(column);
        if (value == 0 && rs.wasNull()) {
            sink.nul();
        } else {
            sink.float8(value);
        }
        return Double.BYTES;
    }

    /** H2's decfloat, whose driver gives what is no number as a text only. */
    private static int numericAsWritten(ResultSet rs, int column, RowSink sink)
            throws SQLException {
        String text = rs.getString(column);
        switch (text) {
            case null -> sink.nul();
            case "NaN", "Infinity", "-Infinity" -> sink.numericSpecial(text);
            default -> sink.numeric(new BigDecimal(text));
        }
        return FIXED;
    }

    /** PostgreSQL's numeric: pgjdbc gives what is no number as a Double. */
    private static int numericOrSpecial(ResultSet rs, int column, RowSink sink)
            throws SQLException {
        switch (rs.getObject(column)) {
            case null -> sink.nul();
            case BigDecimal number -> sink.numeric(number);
            case Double special -> sink.numericSpecial(special.toString());
            case Object other -> sink.numeric(new BigDecimal(other.toString()));
        }
        return FIXED;
    }
}
