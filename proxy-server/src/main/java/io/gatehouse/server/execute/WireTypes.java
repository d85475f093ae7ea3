package io.gatehouse.server.execute;

/** Type ids of docs/protocol/PROTOCOL.md, section 6. */
final class WireTypes {
    static final int UNTYPED = 0;
    static final int BOOL = 16;
    static final int BYTEA = 17;
    static final int INT8 = 20;
    static final int INT2 = 21;
    static final int INT4 = 23;
    static final int TEXT = 25;
    static final int OID = 26;
    static final int JSON = 114;
    static final int XML = 142;
    static final int FLOAT4 = 700;
    static final int FLOAT8 = 701;
    static final int BPCHAR = 1042;
    static final int VARCHAR = 1043;
    static final int DATE = 1082;
    static final int TIME = 1083;
    static final int TIMESTAMP = 1114;
    static final int TIMESTAMPTZ = 1184;
    static final int TIMETZ = 1266;
    static final int NUMERIC = 1700;
    static final int UUID = 2950;
    static final int JSONB = 3802;
    static final int GH_TIME_NS = 1195900929;
    static final int GH_TIMESTAMP_NS = 1195900930;
    static final int GH_TIMESTAMPTZ_OFFSET = 1195900931;
    static final int GH_TIMETZ_NS = 1195900932;
    static final int GH_SQL_TIMESTAMP = 1195900933;
    static final int GH_SQL_DATE = 1195900934;
    static final int GH_SQL_TIME = 1195900935;
    static final int GH_ARRAY = 1195900936;
    static final int GH_BYTE_STREAM = 1195900937;
    static final int GH_TEXT_STREAM = 1195900938;

    private WireTypes() {}

    /** What people call a type; its id for one that has no name here. */
    static String name(int type) {
        return switch (type) {
            case BOOL -> "boolean";
            case BYTEA -> "bytea";
            case INT8 -> "bigint";
            case INT2 -> "smallint";
            case INT4 -> "integer";
            case TEXT -> "text";
            case OID -> "oid";
            case JSON -> "json";
            case XML -> "xml";
            case FLOAT4 -> "real";
            case FLOAT8 -> "double precision";
            case BPCHAR -> "character";
            case VARCHAR -> "character varying";
            case DATE, GH_SQL_DATE -> "date";
            case TIME, GH_TIME_NS, GH_SQL_TIME -> "time";
            case TIMESTAMP, GH_TIMESTAMP_NS, GH_SQL_TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ, GH_TIMESTAMPTZ_OFFSET -> "timestamp with time zone";
            case TIMETZ, GH_TIMETZ_NS -> "time with time zone";
            case NUMERIC -> "numeric";
            case UUID -> "uuid";
            case JSONB -> "jsonb";
            case GH_ARRAY -> "array";
            default -> Integer.toString(type);
        };
    }
}
