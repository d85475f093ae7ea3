package io.gatehouse.jdbc.type;

import java.sql.SQLException;

/** A place where a value lies, which is not null. Reused for one value after the other. */
public final class Cell {
    private final Manner manner;
    private int type;
    private byte[] bytes = new byte[0];
    private int at;
    private int length;
    private int scale;

    /** A place whose values are converted in a manner. */
    public Cell(Manner manner) {
        this.manner = manner;
    }

    Manner manner() {
        return manner;
    }

    /** Points to a value. */
    public Cell point(int toType, byte[] inBytes, int start, int size) {
        type = toType;
        bytes = inBytes;
        at = start;
        length = size;
        return this;
    }

    /** Says how many digits the column has behind its point. */
    public Cell scale(int ofColumn) {
        scale = ofColumn;
        return this;
    }

    int scale() {
        return scale;
    }

    int type() {
        return type;
    }

    boolean isInteger() {
        return type == TypeId.INT4 || type == TypeId.INT8 || type == TypeId.INT2;
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
