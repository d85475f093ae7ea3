package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.wire.Column;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.function.Supplier;

/** A place where a value lies, which is not null. Reused for one value after the other. */
public final class Cell {
    private final Manner manner;
    private final Supplier<ZoneId> zone;
    private int type;
    private byte[] bytes = new byte[0];
    private int at;
    private int length;
    private int scale;
    private boolean takenForNull;

    /** A place whose values are converted in a manner, for the application's zone. */
    public Cell(Manner manner) {
        this(manner, ZoneId::systemDefault);
    }

    /**
     * A place whose values are converted in a manner.
     *
     * @param zone in which instants are shown as texts
     */
    public Cell(Manner manner, Supplier<ZoneId> zone) {
        this.manner = manner;
        this.zone = zone;
    }

    ZoneId zone() {
        return zone.get();
    }

    Manner manner() {
        return manner;
    }

    /** Points to a value. */
    public Cell point(int toType, byte[] inBytes, int start, int size) {
        type = toType;
        takenForNull = false;
        bytes = inBytes;
        at = start;
        length = size;
        return this;
    }

    /** Points to a value of a column. */
    public Cell point(Column of, byte[] inBytes, int start, int size) {
        scale = of.scale();
        return point(
                size >= 10 && isDay(of.type(), size) ? TypeId.NO_DAY : valueType(of),
                inBytes,
                start,
                size);
    }

    /** Whether this is the text of what should be a day, and is none. */
    private static boolean isDay(int type, int size) {
        return type == TypeId.DATE
                || type == TypeId.TIMESTAMP
                || (type == TypeId.TIMESTAMP_NS && size > 12);
    }

    /** The value to read as a date; null for the day 0 of MariaDB, as its driver has it. */
    public @Nullable Cell day() {
        takenForNull =
                type == TypeId.NO_DAY
                        && manner == Manner.MARIADB
                        && text().startsWith("0000-00-00");
        return takenForNull ? null : this;
    }

    /** Whether the value was read as null, although it is none. */
    public boolean isTakenForNull() {
        return takenForNull;
    }

    private int valueType(Column of) {
        if (of.type() == TypeId.BYTEA && of.typeName().equals("BIT")) {
            return TypeId.BITS;
        }
        if (of.type() == TypeId.NUMERIC && of.typeName().equals("DECFLOAT")) {
            return TypeId.DECFLOAT;
        }
        boolean years = manner == Manner.MARIADB || manner == Manner.MYSQL;
        return years && of.type() == TypeId.INT2 && of.typeName().equals("YEAR")
                ? TypeId.YEAR
                : of.type();
    }

    int scale() {
        return scale;
    }

    int size() {
        return length;
    }

    int type() {
        return type;
    }

    boolean isInteger() {
        return type == TypeId.INT4
                || type == TypeId.INT8
                || type == TypeId.INT2
                || type == TypeId.YEAR
                || type == TypeId.BITS;
    }

    boolean isReal() {
        return type == TypeId.FLOAT8 || type == TypeId.FLOAT4;
    }

    long integer() throws SQLException {
        return Decoding.integer(type, bytes, at, length);
    }

    double real() throws SQLException {
        return Decoding.real(type, bytes, at, length);
    }

    String text() {
        return Decoding.text(bytes, at, length);
    }

    byte[] copy() {
        return java.util.Arrays.copyOfRange(bytes, at, at + length);
    }

    /** The value as the object that holds all of it. */
    Object value() throws SQLException {
        return Decoding.decode(type, bytes, at, length);
    }

    /** The type's name for messages. */
    String typeName() throws SQLException {
        return value().getClass().getSimpleName();
    }
}
