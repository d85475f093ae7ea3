package io.gatehouse.jdbc.type;

import java.sql.Types;

/** The protocol's type ids, and which of them stands for a constant of {@code java.sql.Types}. */
public final class TypeId {
    public static final int UNTYPED = 0;
    public static final int BOOL = 16;
    public static final int BYTEA = 17;
    public static final int INT8 = 20;
    public static final int INT2 = 21;
    public static final int INT4 = 23;
    public static final int TEXT = 25;
    public static final int JSON = 114;
    public static final int XML = 142;
    public static final int FLOAT4 = 700;
    public static final int FLOAT8 = 701;
    public static final int BPCHAR = 1042;
    public static final int VARCHAR = 1043;
    public static final int DATE = 1082;
    public static final int TIME = 1083;
    public static final int TIMESTAMP = 1114;
    public static final int TIMESTAMPTZ = 1184;
    public static final int TIMETZ = 1266;
    public static final int NUMERIC = 1700;
    public static final int UUID = 2950;
    public static final int JSONB = 3802;
    public static final int TIME_NS = 1195900929;
    public static final int TIMESTAMP_NS = 1195900930;
    public static final int TIMESTAMPTZ_OFFSET = 1195900931;
    public static final int TIMETZ_NS = 1195900932;
    public static final int SQL_TIMESTAMP = 1195900933;
    public static final int SQL_DATE = 1195900934;
    public static final int SQL_TIME = 1195900935;
    public static final int ARRAY = 1195900936;
    public static final int BYTE_STREAM = 1195900937;
    public static final int TEXT_STREAM = 1195900938;

    /** Of the driver alone: the bytes of a BIT(n), which are a number. */
    static final int BITS = -1;

    /** Of the driver alone: the number of a YEAR, which is also a date. */
    static final int YEAR = -2;

    /** Of the driver alone: H2's DECFLOAT, a number without noughts at its end. */
    static final int DECFLOAT = -3;

    /** Of the driver alone: the text of a day that no calendar has. */
    static final int NO_DAY = -4;

    private TypeId() {}

    /** The type of a null that an application gave only a JDBC type. */
    public static int ofNull(int jdbcType) {
        switch (jdbcType) {
            case Types.BIT:
            case Types.BOOLEAN:
                return BOOL;
            case Types.TINYINT:
            case Types.SMALLINT:
                return INT2;
            case Types.INTEGER:
                return INT4;
            case Types.BIGINT:
                return INT8;
            case Types.REAL:
                return FLOAT4;
            case Types.FLOAT:
            case Types.DOUBLE:
                return FLOAT8;
            case Types.NUMERIC:
            case Types.DECIMAL:
                return NUMERIC;
            case Types.CHAR:
            case Types.NCHAR:
                return BPCHAR;
            case Types.VARCHAR:
            case Types.NVARCHAR:
                return VARCHAR;
            case Types.LONGVARCHAR:
            case Types.LONGNVARCHAR:
            case Types.CLOB:
            case Types.NCLOB:
                return TEXT;
            case Types.BINARY:
            case Types.VARBINARY:
            case Types.LONGVARBINARY:
            case Types.BLOB:
                return BYTEA;
            case Types.DATE:
                return DATE;
            case Types.TIME:
                return TIME;
            case Types.TIMESTAMP:
                return TIMESTAMP;
            case Types.TIME_WITH_TIMEZONE:
                return TIMETZ;
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return TIMESTAMPTZ;
            case Types.SQLXML:
                return XML;
            default:
                return UNTYPED;
        }
    }
}
