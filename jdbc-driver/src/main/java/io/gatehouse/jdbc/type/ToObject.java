package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.wire.Column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Values as objects of a class: the one that is asked for, or the one a column has. */
public final class ToObject {
    private static final Map<Class<?>, Conversion> BY_CLASS = byClass();
    private static final Map<String, Conversion> BY_NAME = byName();

    private ToObject() {}

    /** One way to make an object. */
    private interface Conversion {
        Object apply(Cell cell) throws SQLException;
    }

    private static Map<Class<?>, Conversion> byClass() {
        Map<Class<?>, Conversion> m = new HashMap<>();
        m.put(String.class, ToText::toShown);
        m.put(Boolean.class, ToNumber::toBoolean);
        m.put(Byte.class, ToNumber::toByte);
        m.put(Short.class, ToNumber::toShort);
        m.put(Integer.class, ToNumber::toInt);
        m.put(Long.class, ToNumber::toLong);
        m.put(Float.class, ToNumber::toFloat);
        m.put(Double.class, ToNumber::toDouble);
        m.put(BigDecimal.class, ToNumber::toBigDecimal);
        m.put(BigInteger.class, c -> ToNumber.toBigDecimal(c).toBigInteger());
        m.put(byte[].class, ToText::toBytes);
        m.put(UUID.class, ToText::toUuid);
        m.put(Date.class, c -> ToTime.toDate(c, null));
        m.put(Time.class, c -> ToTime.toTime(c, null));
        m.put(Timestamp.class, c -> ToTime.toTimestamp(c, null));
        m.put(java.util.Date.class, c -> ToTime.toTimestamp(c, null));
        m.put(LocalDate.class, ToTime::toLocalDate);
        m.put(LocalTime.class, ToTime::toLocalTime);
        m.put(LocalDateTime.class, ToTime::toLocalDateTime);
        m.put(OffsetDateTime.class, ToTime::toOffsetDateTime);
        m.put(OffsetTime.class, ToTime::toOffsetTime);
        m.put(Blob.class, c -> new HeldBlob(c.manner(), ToText.toBytes(c)));
        m.put(Clob.class, c -> new HeldClob(c.manner(), ToText.toText(c)));
        m.put(java.sql.NClob.class, c -> new HeldClob(c.manner(), ToText.toText(c)));
        m.put(SQLXML.class, c -> new HeldXml(c.manner(), ToText.toText(c)));
        m.put(Object.class, Cell::value);
        return m;
    }

    private static Map<String, Conversion> byName() {
        Map<String, Conversion> m = new HashMap<>();
        byClass().forEach((type, conversion) -> m.put(type.getName(), conversion));
        m.put("byte[]", ToText::toBytes);
        m.remove("java.lang.Object");
        return m;
    }

    /** The value as an object of a class. */
    public static <T> T toObject(Cell cell, Class<T> type) throws SQLException {
        Conversion conversion = BY_CLASS.get(type);
        if (conversion == null) {
            throw Faults.noConversion(cell.typeName(), type.getName());
        }
        return type.cast(conversion.apply(cell));
    }

    /** The value as the object that the column's class name promises. */
    public static Object toObject(Cell cell, Column column) throws SQLException {
        if ((cell.manner() == Manner.SQLITE && cell.type() == TypeId.BYTEA)
                || cell.type() == TypeId.BITS) {
            return cell.copy();
        }
        if (cell.type() == TypeId.YEAR && column.className().equals("java.sql.Date")) {
            return Legacy.date(ToTime.ofYear(cell), null, cell.manner());
        }
        if (column.jdbcType() == Types.BIT && cell.value() instanceof String && cell.size() > 1) {
            // PostgreSQL's bit(n), which its driver promises to be a Boolean.
            return cell.value();
        }
        if ((cell.type() == TypeId.NUMERIC || cell.type() == TypeId.DECFLOAT)
                && cell.value() instanceof Double) {
            // NaN and infinities, which no BigDecimal holds.
            return cell.value();
        }
        Conversion named = BY_NAME.get(column.className());
        if (named != null) {
            return named.apply(cell);
        }
        // Who promises any object gives the plainest one.
        return column.className().equals("java.lang.Object")
                ? cell.value()
                : byJdbcType(cell, column.jdbcType());
    }

    private static Object byJdbcType(Cell cell, int jdbcType) throws SQLException {
        switch (jdbcType) {
            case Types.TINYINT:
            case Types.SMALLINT:
            case Types.INTEGER:
                return ToNumber.toInt(cell);
            case Types.DOUBLE:
                return ToNumber.toDouble(cell);
            case Types.DATE:
                return ToTime.toDate(cell, null);
            case Types.TIME:
                return ToTime.toTime(cell, null);
            case Types.TIMESTAMP:
                return ToTime.toTimestamp(cell, null);
            case Types.BLOB:
                return new HeldBlob(cell.manner(), ToText.toBytes(cell));
            case Types.CLOB:
            case Types.NCLOB:
                return new HeldClob(cell.manner(), ToText.toText(cell));
            default:
                return cell.value();
        }
    }
}
