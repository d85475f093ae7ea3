package io.gatehouse.server.session;

import io.gatehouse.server.execute.Column;
import io.gatehouse.server.wire.Backend;
import io.gatehouse.server.wire.Types;

/** Columns as PostgreSQL would describe them. */
final class PlainTypes {
    /** The largest length of varchar, and so of its modifier. */
    private static final int MAX_LENGTH = 10_485_760;

    /** {@code java.sql.Types.VARCHAR}, named here because this room knows no JDBC. */
    private static final int JDBC_VARCHAR = 12;

    /** {@code "char"}, of one byte. */
    private static final int CHAR = 18;

    private static final int NAME = 19;
    private static final int UNKNOWN = 705;

    private static final int MAX_PRECISION = 1_000;
    private static final short VARIES = -1;

    private final boolean postgresql;

    /**
     * @param postgresql whether type ids that this broker does not know are PostgreSQL's own
     */
    PlainTypes(boolean postgresql) {
        this.postgresql = postgresql;
    }

    /** The type id that a PostgreSQL client is told for one of the wire's. */
    int type(int wireType) {
        return switch (wireType) {
            case Types.UNTYPED -> Types.TEXT;
            case Types.GH_TIME_NS -> Types.TIME;
            case Types.GH_TIMESTAMP_NS -> Types.TIMESTAMP;
            case Types.GH_TIMESTAMPTZ_OFFSET -> Types.TIMESTAMPTZ;
            case Types.GH_TIMETZ_NS -> Types.TIMETZ;
            default -> postgresql || isKnown(wireType) ? wireType : Types.TEXT;
        };
    }

    Backend.Field field(Column column, boolean binary) {
        int type = type(column.type());
        boolean described = column.described() && type == column.type();
        return new Backend.Field(
                column.label(),
                column.tableOid(),
                (short) column.attribute(),
                type,
                described ? (short) column.size() : size(type),
                described ? column.modifier() : modifier(type, column),
                binary);
    }

    /** A column of the broker's own. */
    static Column text(String name) {
        return new Column(
                name,
                Types.TEXT,
                JDBC_VARCHAR,
                "text",
                0,
                0,
                0,
                2,
                0,
                "java.lang.String",
                name,
                "",
                "",
                "");
    }

    private static short size(int type) {
        return switch (type) {
            case Types.BOOL -> 1;
            case Types.INT2 -> 2;
            case Types.INT4, Types.FLOAT4, Types.DATE -> 4;
            case Types.INT8, Types.FLOAT8, Types.TIME, Types.TIMESTAMP, Types.TIMESTAMPTZ -> 8;
            case Types.TIMETZ -> 12;
            case Types.UUID -> 16;
            default -> VARIES;
        };
    }

    private static int modifier(int type, Column column) {
        int precision = column.precision();
        return switch (type) {
            case Types.VARCHAR, Types.BPCHAR ->
                    precision > 0 && precision <= MAX_LENGTH ? precision + 4 : -1;
            case Types.NUMERIC ->
                    precision > 0 && precision <= MAX_PRECISION
                            ? ((precision << 16) | (column.scale() & 0x7ff)) + 4
                            : -1;
            default -> -1;
        };
    }

    /**
     * Whether values can be sent in the type's binary format. Types that the broker carries as text
     * can where PostgreSQL's binary format of them is their text.
     */
    static boolean hasBinary(int type) {
        return isKnown(type) || type == CHAR || type == NAME || type == UNKNOWN;
    }

    /** Whether it is a type of PostgreSQL's that the wire has too. */
    private static boolean isKnown(int type) {
        return switch (type) {
            case Types.BOOL,
                    Types.BYTEA,
                    Types.INT8,
                    Types.INT2,
                    Types.INT4,
                    Types.TEXT,
                    Types.JSON,
                    Types.XML,
                    Types.FLOAT4,
                    Types.FLOAT8,
                    Types.BPCHAR,
                    Types.VARCHAR,
                    Types.DATE,
                    Types.TIME,
                    Types.TIMESTAMP,
                    Types.TIMESTAMPTZ,
                    Types.TIMETZ,
                    Types.NUMERIC,
                    Types.UUID,
                    Types.JSONB ->
                    true;
            default -> false;
        };
    }
}
