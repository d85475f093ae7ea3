package io.gatehouse.jdbc.type;

import io.gatehouse.jdbc.fault.Faults;

import java.sql.SQLException;

/** Big-endian numbers in bytes. */
final class Bytes {
    private Bytes() {}

    static int int16(byte[] b, int at) {
        return (short) ((b[at] & 0xff) << 8 | (b[at + 1] & 0xff));
    }

    static int int32(byte[] b, int at) {
        return (b[at] & 0xff) << 24
                | (b[at + 1] & 0xff) << 16
                | (b[at + 2] & 0xff) << 8
                | (b[at + 3] & 0xff);
    }

    static long int64(byte[] b, int at) {
        return (long) int32(b, at) << 32 | (int32(b, at + 4) & 0xffffffffL);
    }

    static byte[] of16(int v) {
        return new byte[] {(byte) (v >>> 8), (byte) v};
    }

    static byte[] of32(int v) {
        byte[] b = new byte[4];
        put32(b, 0, v);
        return b;
    }

    static byte[] of64(long v) {
        byte[] b = new byte[8];
        put64(b, 0, v);
        return b;
    }

    static byte[] of64And32(long v, int w) {
        byte[] b = new byte[12];
        put64(b, 0, v);
        put32(b, 8, w);
        return b;
    }

    static void put16(byte[] b, int at, int v) {
        b[at] = (byte) (v >>> 8);
        b[at + 1] = (byte) v;
    }

    static void put32(byte[] b, int at, int v) {
        put16(b, at, v >>> 16);
        put16(b, at + 2, v);
    }

    static void put64(byte[] b, int at, long v) {
        put32(b, at, (int) (v >>> 32));
        put32(b, at + 4, (int) v);
    }

    /** A value of a type of fixed size must have it. */
    static void size(int length, int wanted) throws SQLException {
        if (length != wanted) {
            throw Faults.violation("A value has a size that its type does not have.", null);
        }
    }
}
