package io.gatehouse.server.execute;

import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.jdbc.PgResultSetMetaData;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** PostgreSQL: by object id, as the server itself names the type of a column. */
final class PostgresReading {
    // pgjdbc's getColumnTypeName asks the server whether the column is a serial. The field itself
    // is at hand, but not public.
    private static final Method FIELD = field();

    private PostgresReading() {}

    private static Method field() {
        try {
            Method method = PgResultSetMetaData.class.getDeclaredMethod("getField", int.class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static int oid(ResultSetMetaData meta, int column) throws SQLException {
        return field(meta, column).getOID();
    }

    private static Field field(ResultSetMetaData meta, int column) throws SQLException {
        try {
            return (Field) FIELD.invoke(meta, column);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("the field of column " + column + " cannot be read", e);
        }
    }

    static ColumnList.Reading of(Connection connection, ResultSetMetaData meta, int column)
            throws SQLException {
        Field field = field(meta, column);
        int oid = field.getOID();
        String name = ((BaseConnection) connection).getTypeInfo().getPGType(oid);
        return new ColumnList.Reading(
                oid,
                name == null ? "" : name,
                reader(oid),
                field.getTableOid(),
                field.getPositionInTable(),
                field.getLength(),
                field.getMod());
    }

    private static ValueReader reader(int oid) {
        return switch (oid) {
            case WireTypes.BOOL -> Readers.BOOL;
            case WireTypes.INT2 -> Readers.INT2;
            case WireTypes.INT4 -> Readers.INT4;
            case WireTypes.INT8 -> Readers.INT8;
            case WireTypes.FLOAT4 -> Readers.FLOAT4;
            case WireTypes.FLOAT8 -> Readers.FLOAT8;
            case WireTypes.NUMERIC -> Readers.NUMERIC_OR_SPECIAL;
            case WireTypes.BYTEA -> Readers.BYTES;
            case WireTypes.DATE -> Readers.DATE;
            case WireTypes.TIME -> Readers.TIME;
            case WireTypes.TIMETZ -> Readers.TIMETZ;
            case WireTypes.TIMESTAMP -> Readers.TIMESTAMP;
            case WireTypes.TIMESTAMPTZ -> Readers.TIMESTAMPTZ;
            case WireTypes.UUID -> Readers.UUID_OBJECT;
            default -> Readers.TEXT;
        };
    }
}
