package io.gatehouse.server.wire;

/** Type ids of the wire (docs/protocol/PROTOCOL.md, section 6). */
public final class Types {
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
    public static final int GH_TIME_NS = 1195900929;
    public static final int GH_TIMESTAMP_NS = 1195900930;
    public static final int GH_TIMESTAMPTZ_OFFSET = 1195900931;
    public static final int GH_TIMETZ_NS = 1195900932;
    public static final int GH_SQL_TIMESTAMP = 1195900933;
    public static final int GH_SQL_DATE = 1195900934;
    public static final int GH_SQL_TIME = 1195900935;
    public static final int GH_BYTE_STREAM = 1195900937;
    public static final int GH_TEXT_STREAM = 1195900938;

    private Types() {}
}
