package io.gatehouse.jdbc;

import io.gatehouse.jdbc.fault.Faults;
import io.gatehouse.jdbc.type.Converted;
import io.gatehouse.jdbc.type.Encoding;
import io.gatehouse.jdbc.type.Manner;
import io.gatehouse.jdbc.type.TypeId;
import io.gatehouse.jdbc.wire.Parameter;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.UUID;

/** Parameters from objects: by their class, or as a JDBC type. */
final class ObjectEncoding {
    private ObjectEncoding() {}

    static int jdbcType(SQLType type) throws SQLException {
        Integer number = type.getVendorTypeNumber();
        if (number == null || !"java.sql".equals(type.getVendor())) {
            throw Faults.unsupported("A type of another vendor");
        }
        return number;
    }

    static Parameter of(Object x) throws SQLException {
        if (x instanceof String || x instanceof Character) {
            return Encoding.of(x.toString());
        }
        if (x instanceof Number) {
            return number((Number) x);
        }
        if (x instanceof Boolean) {
            return Encoding.of((boolean) (Boolean) x);
        }
        if (x instanceof byte[]) {
            return Encoding.of(((byte[]) x).clone());
        }
        if (x instanceof UUID) {
            return Encoding.of((UUID) x);
        }
        if (x instanceof Blob) {
            Blob blob = (Blob) x;
            return Encoding.of(blob.getBytes(1, (int) Math.min(blob.length(), Integer.MAX_VALUE)));
        }
        if (x instanceof Clob) {
            Clob clob = (Clob) x;
            return Encoding.text(
                    TypeId.TEXT,
                    clob.getSubString(1, (int) Math.min(clob.length(), Integer.MAX_VALUE)));
        }
        if (x instanceof SQLXML) {
            return Encoding.text(TypeId.XML, ((SQLXML) x).getString());
        }
        if (x instanceof Array) {
            return ArrayEncoding.of((Array) x);
        }
        return x.getClass().isArray() ? ArrayEncoding.of(x) : time(x);
    }

    private static Parameter number(Number x) throws SQLException {
        if (x instanceof Integer) {
            return Encoding.of(x.intValue());
        }
        if (x instanceof Long) {
            return Encoding.of(x.longValue());
        }
        if (x instanceof Short || x instanceof Byte) {
            return Encoding.of(x.shortValue());
        }
        if (x instanceof Double) {
            return Encoding.of(x.doubleValue());
        }
        if (x instanceof Float) {
            return Encoding.of(x.floatValue());
        }
        if (x instanceof BigDecimal) {
            return Encoding.of((BigDecimal) x);
        }
        if (x instanceof BigInteger) {
            return Encoding.of(new BigDecimal((BigInteger) x));
        }
        throw unknown(x);
    }

    private static Parameter time(Object x) throws SQLException {
        if (x instanceof LocalDate) {
            return Encoding.of((LocalDate) x);
        }
        if (x instanceof LocalDateTime) {
            return Encoding.of((LocalDateTime) x);
        }
        if (x instanceof LocalTime) {
            return Encoding.of((LocalTime) x);
        }
        if (x instanceof OffsetDateTime) {
            return Encoding.of((OffsetDateTime) x);
        }
        if (x instanceof ZonedDateTime) {
            return Encoding.of(((ZonedDateTime) x).toOffsetDateTime());
        }
        if (x instanceof Instant) {
            return Encoding.of(((Instant) x).atOffset(ZoneOffset.UTC));
        }
        if (x instanceof OffsetTime) {
            return Encoding.of((OffsetTime) x);
        }
        if (x instanceof Timestamp) {
            return Encoding.of((Timestamp) x, null);
        }
        if (x instanceof Date) {
            return Encoding.of((Date) x, null);
        }
        if (x instanceof Time) {
            return Encoding.of((Time) x, null);
        }
        if (x instanceof java.util.Date) {
            return Encoding.of(new Timestamp(((java.util.Date) x).getTime()), null);
        }
        if (x instanceof Calendar) {
            Calendar calendar = (Calendar) x;
            return Encoding.of(new Timestamp(calendar.getTimeInMillis()), calendar);
        }
        throw unknown(x);
    }

    private static SQLException unknown(Object x) {
        return Faults.noConversion(x.getClass().getName(), "parameter");
    }

    /**
     * A date, a time or a decimal as SQLite's driver takes it, whatever type is asked for:
     * milliseconds or a text; null where the object is none.
     */
    static @Nullable Parameter ofSqlite(Object x) {
        if (x instanceof java.util.Date) {
            return Encoding.of(new Timestamp(((java.util.Date) x).getTime()), null);
        }
        if (x instanceof Calendar) {
            return Encoding.of(new Timestamp(((Calendar) x).getTimeInMillis()), null);
        }
        return x instanceof Temporal || x instanceof BigDecimal ? Encoding.of(x.toString()) : null;
    }

    /** The object as a JDBC type; a scale below 0 leaves a number's own. */
    static Parameter of(Object x, int jdbcType, int scale, Manner manner) throws SQLException {
        switch (jdbcType) {
            case Types.NULL:
            case Types.JAVA_OBJECT:
                return of(x);
            case Types.OTHER:
                return x instanceof String ? Encoding.untyped((String) x) : of(x);
            case Types.ARRAY:
                return of(x);
            case Types.STRUCT:
            case Types.REF:
            case Types.ROWID:
            case Types.DATALINK:
            case Types.REF_CURSOR:
                throw Faults.unsupported("A parameter of this JDBC type");
            default:
                return Converted.to(of(x), x, jdbcType, scale, manner);
        }
    }
}
