package io.gatehouse.server.execute;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** SQLite: a column's type is a promise that a value need not keep. */
final class SqliteReading {
    private SqliteReading() {}

    static ColumnList.Reading of(ResultSetMetaData meta, int column) throws SQLException {
        String name = meta.getColumnTypeName(column);
        String typeName = name == null ? "" : name;
        return switch (meta.getColumnType(column)) {
            case Types.BOOLEAN, Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
                    new ColumnList.Reading(WireTypes.INT8, typeName, SqliteReading::integer);
            case Types.REAL, Types.FLOAT, Types.DOUBLE ->
                    new ColumnList.Reading(WireTypes.FLOAT8, typeName, SqliteReading::real);
            case Types.BINARY, Types.VARBINARY, Types.BLOB ->
                    new ColumnList.Reading(WireTypes.BYTEA, typeName, Readers.BYTES);
            default -> new ColumnList.Reading(WireTypes.TEXT, typeName, Readers.TEXT);
        };
    }

    private static int integer(ResultSet rs, int column, RowSink sink) throws SQLException {
        switch (rs.getObject(column)) {
            case null -> sink.nul();
            case Integer value -> sink.int8(value);
            case Long value -> sink.int8(value);
            case Object other -> throw unexpected(rs, column, "an integer", other);
        }
        return Long.BYTES;
    }

    private static int real(ResultSet rs, int column, RowSink sink) throws SQLException {
        switch (rs.getObject(column)) {
            case null -> sink.nul();
            case Double value -> sink.float8(value);
            case Integer value -> sink.float8(value);
            case Long value -> sink.float8(value.doubleValue());
            case Object other -> throw unexpected(rs, column, "a number", other);
        }
        return Double.BYTES;
    }

    private static SQLException unexpected(ResultSet rs, int column, String promised, Object found)
            throws SQLException {
        return new SQLException(
                "column \""
                        + rs.getMetaData().getColumnLabel(column)
                        + "\" promises "
                        + promised
                        + " but holds "
                        + (found instanceof byte[] ? "a blob" : "a text or another number")
                        + ": cast it to text in the statement",
                "22000");
    }
}
