package io.gatehouse.server.execute;

import io.gatehouse.policy.fact.Dialect;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;

/** Kinds other than PostgreSQL: by JDBC type, and by name where that says more. */
final class GeneralReading {
    /** The most digits of a second that the wire's own types hold. */
    private static final int MICROSECONDS = 6;

    /** {@code microsoft.sql.Types.DATETIMEOFFSET}. */
    private static final int DATETIMEOFFSET = -155;

    private GeneralReading() {}

    static ColumnList.Reading of(Dialect dialect, ResultSetMetaData meta, int column)
            throws SQLException {
        String name = meta.getColumnTypeName(column);
        String typeName = name == null ? "" : name;
        return switch (typeName.toUpperCase(Locale.ROOT)) {
            case "UUID" -> uuid(meta, column, typeName);
            case "JSON" -> new ColumnList.Reading(WireTypes.JSON, typeName, Readers.TEXT);
            case "DECFLOAT" ->
                    new ColumnList.Reading(WireTypes.NUMERIC, typeName, Readers.NUMERIC_AS_WRITTEN);
            case "YEAR" -> new ColumnList.Reading(WireTypes.INT2, typeName, Readers.INT2);
            default ->
                    isTinyint(dialect, meta, column, typeName)
                            ? new ColumnList.Reading(WireTypes.INT2, typeName, Readers.INT2)
                            : byNumber(dialect, meta, column, typeName);
        };
    }

    /** A TINYINT(1), which MariaDB's and MySQL's drivers call a truth value, holds any number. */
    private static boolean isTinyint(
            Dialect dialect, ResultSetMetaData meta, int column, String typeName)
            throws SQLException {
        boolean truth =
                switch (meta.getColumnType(column)) {
                    case Types.BIT, Types.BOOLEAN -> meta.getPrecision(column) <= 1;
                    default -> false;
                };
        return truth
                && (dialect == Dialect.MYSQL
                        || (dialect == Dialect.MARIADB && !typeName.equals("BIT")));
    }

    private static ColumnList.Reading uuid(ResultSetMetaData meta, int column, String typeName)
            throws SQLException {
        // MariaDB's driver gives its uuid as text.
        boolean object = meta.getColumnClassName(column).equals("java.util.UUID");
        return object
                ? new ColumnList.Reading(WireTypes.UUID, typeName, Readers.UUID_OBJECT)
                : new ColumnList.Reading(WireTypes.TEXT, typeName, Readers.TEXT);
    }

    private static ColumnList.Reading bits(ResultSetMetaData meta, int column, String typeName)
            throws SQLException {
        return meta.getPrecision(column) > 1
                ? new ColumnList.Reading(WireTypes.BYTEA, typeName, Readers.BYTES)
                : new ColumnList.Reading(WireTypes.BOOL, typeName, Readers.BOOL);
    }

    private static boolean mysql(Dialect dialect) {
        return dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
    }

    private static ColumnList.Reading byNumber(
            Dialect dialect, ResultSetMetaData meta, int column, String typeName)
            throws SQLException {
        ValueReader day = mysql(dialect) ? Readers.DAY_OR_TEXT : Readers.DATE;
        boolean unsigned = !meta.isSigned(column);
        boolean fine = meta.getScale(column) > MICROSECONDS;
        return switch (meta.getColumnType(column)) {
            case Types.BOOLEAN -> new ColumnList.Reading(WireTypes.BOOL, typeName, Readers.BOOL);
            case Types.BIT -> bits(meta, column, typeName);
            case Types.TINYINT -> new ColumnList.Reading(WireTypes.INT2, typeName, Readers.INT2);
            case Types.SMALLINT ->
                    unsigned
                            ? new ColumnList.Reading(WireTypes.INT4, typeName, Readers.INT4)
                            : new ColumnList.Reading(WireTypes.INT2, typeName, Readers.INT2);
            case Types.INTEGER ->
                    unsigned
                            ? new ColumnList.Reading(WireTypes.INT8, typeName, Readers.INT8)
                            : new ColumnList.Reading(WireTypes.INT4, typeName, Readers.INT4);
            case Types.BIGINT ->
                    unsigned
                            ? new ColumnList.Reading(WireTypes.NUMERIC, typeName, Readers.NUMERIC)
                            : new ColumnList.Reading(WireTypes.INT8, typeName, Readers.INT8);
            case Types.REAL -> new ColumnList.Reading(WireTypes.FLOAT4, typeName, Readers.FLOAT4);
            case Types.FLOAT, Types.DOUBLE ->
                    new ColumnList.Reading(WireTypes.FLOAT8, typeName, Readers.FLOAT8);
            case Types.DECIMAL, Types.NUMERIC ->
                    new ColumnList.Reading(WireTypes.NUMERIC, typeName, Readers.NUMERIC);
            case Types.DATE -> new ColumnList.Reading(WireTypes.DATE, typeName, day);
            case Types.TIME ->
                    new ColumnList.Reading(
                            fine ? WireTypes.GH_TIME_NS : WireTypes.TIME, typeName, Readers.TIME);
            case Types.TIME_WITH_TIMEZONE ->
                    new ColumnList.Reading(
                            fine ? WireTypes.GH_TIMETZ_NS : WireTypes.TIMETZ,
                            typeName,
                            Readers.TIMETZ);
            case Types.TIMESTAMP ->
                    new ColumnList.Reading(
                            fine ? WireTypes.GH_TIMESTAMP_NS : WireTypes.TIMESTAMP,
                            typeName,
                            mysql(dialect) ? Readers.MOMENT_OR_TEXT : Readers.TIMESTAMP);
            case Types.TIMESTAMP_WITH_TIMEZONE, DATETIMEOFFSET ->
                    new ColumnList.Reading(
                            WireTypes.GH_TIMESTAMPTZ_OFFSET, typeName, Readers.TIMESTAMPTZ);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
                    new ColumnList.Reading(WireTypes.BYTEA, typeName, Readers.BYTES);
            case Types.BLOB -> new ColumnList.Reading(WireTypes.BYTEA, typeName, LobReading::blob);
            case Types.CLOB, Types.NCLOB ->
                    new ColumnList.Reading(WireTypes.TEXT, typeName, LobReading::clob);
            case Types.CHAR, Types.NCHAR ->
                    new ColumnList.Reading(WireTypes.BPCHAR, typeName, Readers.TEXT);
            case Types.VARCHAR, Types.NVARCHAR ->
                    new ColumnList.Reading(WireTypes.VARCHAR, typeName, Readers.TEXT);
            case Types.ARRAY -> ArrayReading.of(typeName);
            case Types.SQLXML -> new ColumnList.Reading(WireTypes.XML, typeName, Readers.TEXT);
            default -> new ColumnList.Reading(WireTypes.TEXT, typeName, Readers.TEXT);
        };
    }

    /** The wire's type for a parameter of a JDBC type. */
    static int parameterType(int jdbcType) {
        return switch (jdbcType) {
            case Types.BOOLEAN, Types.BIT -> WireTypes.BOOL;
            case Types.TINYINT, Types.SMALLINT -> WireTypes.INT2;
            case Types.INTEGER -> WireTypes.INT4;
            case Types.BIGINT -> WireTypes.INT8;
            case Types.REAL -> WireTypes.FLOAT4;
            case Types.FLOAT, Types.DOUBLE -> WireTypes.FLOAT8;
            case Types.DECIMAL, Types.NUMERIC -> WireTypes.NUMERIC;
            case Types.DATE -> WireTypes.DATE;
            case Types.TIME -> WireTypes.TIME;
            case Types.TIMESTAMP -> WireTypes.TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE, DATETIMEOFFSET -> WireTypes.GH_TIMESTAMPTZ_OFFSET;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> WireTypes.BYTEA;
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR -> WireTypes.VARCHAR;
            default -> WireTypes.UNTYPED;
        };
    }
}
