package io.gatehouse.server.execute;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;

/** One OUT parameter, typed by the object that the backend's driver makes of it. */
final class OutValue {
    private static final int NANOS_PER_MICRO = 1_000;

    private OutValue() {}

    /** The value; dates and times of {@code java.sql}, which depend on a zone, without one. */
    static @Nullable Object of(CallableStatement statement, Signature.Slot slot)
            throws SQLException {
        Object value =
                slot.named() ? statement.getObject(slot.name()) : statement.getObject(slot.index());
        return switch (value) {
            case null -> null;
            case Date date -> as(statement, slot, LocalDate.class, date.toLocalDate());
            case Time time -> as(statement, slot, LocalTime.class, time.toLocalTime());
            case Timestamp moment ->
                    as(statement, slot, LocalDateTime.class, moment.toLocalDateTime());
            case Blob blob -> blob.getBytes(1, (int) blob.length());
            case Clob clob -> clob.getSubString(1, (int) clob.length());
            case Array array -> ArrayReading.written(array);
            default -> value;
        };
    }

    private static <T> T as(
            CallableStatement statement, Signature.Slot slot, Class<T> type, T otherwise)
            throws SQLException {
        try {
            T value =
                    slot.named()
                            ? statement.getObject(slot.name(), type)
                            : statement.getObject(slot.index(), type);
            return value == null ? otherwise : value;
        } catch (SQLFeatureNotSupportedException e) {
            return otherwise;
        }
    }

    /** What a column says of a value: its type on the wire, its JDBC type and its class. */
    private record Described(int type, int jdbcType, String className) {}

    static Column column(Signature.Slot slot, @Nullable Object value) {
        Described d = describe(slot, value);
        int scale = value instanceof BigDecimal number ? Math.max(0, number.scale()) : 0;
        return new Column(
                slot.name(),
                d.type(),
                d.jdbcType(),
                value instanceof ArrayReading.Written array ? array.typeName() : slot.typeName(),
                0,
                scale,
                0,
                ResultSetMetaData.columnNullableUnknown,
                1,
                d.className(),
                slot.name(),
                "",
                "",
                "");
    }

    private static Described describe(Signature.Slot slot, @Nullable Object value) {
        return switch (value) {
            case null ->
                    new Described(
                            GeneralReading.parameterType(slot.jdbcType()), slot.jdbcType(), "");
            case Boolean v -> new Described(WireTypes.BOOL, Types.BOOLEAN, name(v));
            case Byte v -> new Described(WireTypes.INT2, Types.TINYINT, name(v));
            case Short v -> new Described(WireTypes.INT2, Types.SMALLINT, name(v));
            case Integer v -> new Described(WireTypes.INT4, Types.INTEGER, name(v));
            case Long v -> new Described(WireTypes.INT8, Types.BIGINT, name(v));
            case BigInteger v -> new Described(WireTypes.NUMERIC, Types.BIGINT, name(v));
            case BigDecimal v -> new Described(WireTypes.NUMERIC, Types.NUMERIC, name(v));
            case Float v -> new Described(WireTypes.FLOAT4, Types.REAL, name(v));
            case Double v -> new Described(WireTypes.FLOAT8, Types.DOUBLE, name(v));
            case byte[] v -> bytes(slot);
            case UUID v -> new Described(WireTypes.UUID, Types.OTHER, name(v));
            case ArrayReading.Written v -> new Described(v.type(), Types.ARRAY, "java.sql.Array");
            case ResultSet v ->
                    new Described(WireTypes.TEXT, Types.REF_CURSOR, "java.sql.ResultSet");
            default -> time(slot, value);
        };
    }

    private static Described time(Signature.Slot slot, Object value) {
        return switch (value) {
            case LocalDate v -> new Described(WireTypes.DATE, Types.DATE, "java.sql.Date");
            case LocalTime v ->
                    new Described(
                            fine(v.getNano()) ? WireTypes.GH_TIME_NS : WireTypes.TIME,
                            Types.TIME,
                            "java.sql.Time");
            case LocalDateTime v ->
                    new Described(
                            fine(v.getNano()) ? WireTypes.GH_TIMESTAMP_NS : WireTypes.TIMESTAMP,
                            Types.TIMESTAMP,
                            "java.sql.Timestamp");
            case OffsetTime v ->
                    new Described(WireTypes.GH_TIMETZ_NS, Types.TIME_WITH_TIMEZONE, name(v));
            case OffsetDateTime v ->
                    new Described(
                            WireTypes.GH_TIMESTAMPTZ_OFFSET,
                            Types.TIMESTAMP_WITH_TIMEZONE,
                            name(v));
            default -> text(slot);
        };
    }

    private static String name(Object value) {
        return value.getClass().getName();
    }

    private static boolean fine(int nanos) {
        return nanos % NANOS_PER_MICRO != 0;
    }

    private static Described bytes(Signature.Slot slot) {
        return slot.jdbcType() == Types.BLOB
                ? new Described(WireTypes.BYTEA, Types.BLOB, "java.sql.Blob")
                : new Described(WireTypes.BYTEA, Types.VARBINARY, "byte[]");
    }

    private static Described text(Signature.Slot slot) {
        return slot.jdbcType() == Types.CLOB
                ? new Described(WireTypes.TEXT, Types.CLOB, "java.sql.Clob")
                : new Described(WireTypes.VARCHAR, Types.VARCHAR, "java.lang.String");
    }

    static void write(@Nullable Object value, RowSink sink) {
        switch (value) {
            case null -> sink.nul();
            case Boolean v -> sink.bool(v);
            case Byte v -> sink.int2(v);
            case Short v -> sink.int2(v);
            case Integer v -> sink.int4(v);
            case Long v -> sink.int8(v);
            case BigInteger v -> sink.numeric(new BigDecimal(v));
            case BigDecimal v -> sink.numeric(v);
            case Float v -> sink.float4(v);
            case Double v -> sink.float8(v);
            case byte[] v -> sink.bytes(v);
            case UUID v -> sink.uuid(v);
            case LocalDate v -> sink.date(v);
            case LocalTime v -> sink.time(v);
            case LocalDateTime v -> sink.timestamp(v);
            case OffsetTime v -> sink.timeWithZone(v);
            case OffsetDateTime v -> sink.timestampWithZone(v);
            case ResultSet v -> sink.text("");
            case ArrayReading.Written v -> sink.text(v.text());
            default -> sink.text(value.toString());
        }
    }
}
